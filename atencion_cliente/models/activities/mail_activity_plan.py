from odoo import models


class MailActivityPlan(models.Model):
    """Our administrators change the plans of cases, those of every company with care."""

    _name = "mail.activity.plan"
    _inherit = ["mail.activity.plan", "atencion.shared"]
    _atencion_odoo_model = True
