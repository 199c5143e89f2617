from odoo import models


class MailTemplate(models.Model):
    """Mail templates that areas and states send are neither archived nor made for another model.

    See ``atencion.in.use``.
    """

    _name = "mail.template"
    _inherit = ["mail.template", "atencion.in.use"]
    _setting_links = (
        ("atencion.area", "ack_template_id"),
        ("atencion.case.stage", "customer_template_id"),
    )
    _kept_in_use = frozenset({"model", "model_id"})

    def _concerned(self):
        return self.filtered(lambda template: template.model == "atencion.case")
