from odoo import models


class MailActivityPlan(models.Model):
    """Activity plans that case types plan on their new cases.

    Administrators of customer care may change them (see ``atencion.shared``), and they are not
    archived, nor made for another model, while a type uses them (see ``atencion.in.use``).
    """

    _name = "mail.activity.plan"
    _inherit = ["mail.activity.plan", "atencion.shared", "atencion.in.use"]
    _atencion_odoo_model = True
    _setting_links = (("atencion.case.type", "activity_plan_id"),)
    _kept_in_use = frozenset({"res_model", "res_model_id"})

    def _concerned(self):
        return self.filtered(lambda plan: plan.res_model == "atencion.case")
