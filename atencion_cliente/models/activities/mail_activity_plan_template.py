from odoo import models


class MailActivityPlanTemplate(models.Model):
    """The activities of a plan are shared between companies if the plan is."""

    _name = "mail.activity.plan.template"
    _inherit = ["mail.activity.plan.template", "atencion.shared"]
    _atencion_guest = True

    def _is_shared(self):
        return not self.plan_id.company_id
