from odoo import api, models
from odoo.tools import ormcache

CASE = "atencion.case"


class MailTemplate(models.Model):
    """Mail templates that areas and states send are neither archived nor made for another model.

    See ``atencion.in.use``. Workers keep those of cases.
    """

    _name = "mail.template"
    _inherit = ["mail.template", "atencion.in.use", "atencion.shown.setting"]
    _setting_links = (
        ("atencion.area", "ack_template_id"),
        ("atencion.case.stage", "customer_template_id"),
    )
    _kept_in_use = frozenset({"model", "model_id"})
    _kept_domain = (("model", "=", CASE),)
    _kept_computed = ("model",)

    def _concerned(self):
        return self.filtered(lambda template: template.model == CASE)

    def _forget_kept(self):
        return super(MailTemplate, self._concerned())._forget_kept()

    def _has_unsafe_expression_template_qweb(self, source, model, fname=None):
        if model == CASE and source:
            return self._is_unsafe_of_cases(source, fname)
        return super()._has_unsafe_expression_template_qweb(source, model, fname=fname)

    @api.model
    @ormcache("source", "fname")
    def _is_unsafe_of_cases(self, source, fname):
        """Whether a template of cases computes what only editors may, which the source tells.

        Odoo compiles the template each time to know it.
        """
        # pylint: disable-next=super-method-mismatch
        return super()._has_unsafe_expression_template_qweb(source, CASE, fname=fname)
