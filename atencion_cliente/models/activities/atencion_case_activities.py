from odoo import fields, models


class AtencionCaseActivities(models.Model):
    """The planned and finished activities of a case, and the activity plan of its type."""

    _inherit = "atencion.case"

    # The mixin's list has the open ones only.
    all_activity_ids = fields.One2many(
        "mail.activity",
        "case_id",
        string="Planned and finished activities",
        context={"active_test": False},
        bypass_search_access=True,  # who reads a case reads its activities
        copy=False,
        groups="base.group_user",
    )

    def _after_create(self, vals_list, carried):
        super()._after_create(vals_list, carried)
        (self - self._imported(carried))._launch_activity_plan()

    def _prepare_write(self, vals, carried):
        if "type_id" in vals:
            carried["plans"] = {case.id: case.sudo().type_id.activity_plan_id for case in self}
        return super()._prepare_write(vals, carried)

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        plans = carried.get("plans")
        if plans:
            self.filtered(
                lambda case: case.sudo().type_id.activity_plan_id != plans[case.id]
            )._launch_activity_plan()

    def _launch_activity_plan(self):
        """Plan the activities of the type's plan on open cases, each of them once.

        Activities whose responsible the plan does not name go to the assignee of the case,
        or else to the manager of its area. Without both they have no user; the area sees
        them in its list. No mail is sent.
        """
        # sudo: the plan applies whatever the user who registers the case may see.
        values = [
            line
            for case in self.sudo()
            if case.type_id.activity_plan_id.active and not case.is_closed
            for line in case._planned_activities(case.type_id.activity_plan_id)
        ]
        if values:
            self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).create(
                values
            )

    def _planned_activities(self, plan):
        """The values of the activities of a plan that the case does not have yet."""
        self.ensure_one()
        if plan.company_id and plan.company_id != self.company_id:
            return []
        known = {(act.activity_type_id, act.summary) for act in self.all_activity_ids}
        usual = self.user_id or self.area_id.manager_id
        today = self.company_id._day_of(self._moment())
        return [
            {
                "case_id": self.id,
                "activity_type_id": step.activity_type_id.id,
                "summary": step.summary,
                "note": step.note,
                "user_id": (step.responsible_id or usual).id,
                "date_deadline": step._get_date_deadline(today),
            }
            for step in plan.template_ids
            if (step.activity_type_id, step.summary) not in known
        ]
