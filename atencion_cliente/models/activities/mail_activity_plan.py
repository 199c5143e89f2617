from odoo import models


class MailActivityPlan(models.Model):
    """Administrators of customer care may change activity plans (see ``atencion.shared``)."""

    _name = "mail.activity.plan"
    _inherit = ["mail.activity.plan", "atencion.shared"]
    _atencion_guest = True
