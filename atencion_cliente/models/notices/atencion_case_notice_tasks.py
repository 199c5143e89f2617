from odoo import api, models

from ...tools import audience, automatic_tasks
from ...tools.activity_progress import CANCELLED
from ..base.server_context import with_server_value
from .atencion_case_notice_followers import TASKS


class AtencionCaseNoticeTasks(models.Model):
    """The to-dos of notices: one open one per case and person, whatever the number of reasons."""

    _inherit = "atencion.case"

    def _open_tasks(self, users):
        """The open automatic to-dos of users on the cases.

        :return: ``mail.activity`` by case id and user id; the newest, if there are several
        """
        activities = (
            self.env["mail.activity"]
            .sudo()
            .search_fetch(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("user_id", "in", users.ids),
                    ("automated", "=", True),
                    ("activity_type_id", "=", self.env.ref("mail.mail_activity_data_todo").id),
                ],
                ["res_id", "user_id", "atencion_reason"],
                order="id",
            )
        )
        return {(activity.res_id, activity.user_id.id): activity for activity in activities}

    def _swallows(self, task, reason):
        """Whether an open to-do stands for a new reason, too, and stays as it is.

        It never does for what the customer wrote: each time that is something to read.

        :param task: ``mail.activity``, may be None
        :param reason: the event, and its facts
        """
        self.ensure_one()
        if not task:
            return False
        code = reason[0]
        if code == audience.WROTE:
            return False
        same = task.atencion_reason == automatic_tasks.task_reason([reason], self.area_id.id)
        return same or code not in audience.RENEWING

    def _is_task_due(self, reasons):
        """Whether the reasons of a notice still ask for a to-do at the end of the transaction.

        An area has nothing to do on a case that left it. On a case that was closed it only
        has to read what the customer wrote.
        """
        self.ensure_one()
        codes = {code for code, _facts in reasons}
        if not codes <= set(audience.OF_AREA):
            return True
        area = self.area_id.id
        still_there = any(facts.get("area_id", area) == area for _code, facts in reasons)
        return still_there and (not self.is_closed or audience.WROTE in codes)

    @api.model
    def _create_tasks(self, batches):
        """Give each recipient a to-do, or bring their open one up to date."""
        cases = self.browse(batch.case.id for batch in batches)
        users = self.env["res.users"].browse(
            user.id for batch in batches for user in batch.recipients[audience.TASK]
        )
        tasks = cases._open_tasks(users)
        # Odoo mails the assignee of an activity; a to-do shows in their list.
        activities = self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True)
        activities = with_server_value(activities, TASKS, True)
        links = self._task_links()
        new = []
        for batch in batches:
            for user in batch.recipients[audience.TASK]:
                task = tasks.get((batch.case.id, user.id))
                if task:
                    values = self._task_values(batch)
                    values["note"] += task.note or ""
                    task.with_env(activities.env).write(values)
                else:
                    target = {"res_id": batch.case.id, "user_id": user.id}
                    new.append(links | target | self._task_values(batch))
        activities.create(new)

    @api.model
    def _task_values(self, batch):
        """What a to-do says: the reasons of the notice, the deadline of its case."""
        return {
            "atencion_reason": automatic_tasks.task_reason(batch.reasons, batch.case.area_id.id),
            "date_deadline": batch.case.deadline_date or batch.case.company_id._today(),
            "note": batch.body,
            "summary": batch.texts[0],
        }

    @api.model
    def _task_links(self):
        """What all automatic to-dos have in common."""
        return {
            "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
            "automated": True,
            "res_model_id": self.env["ir.model"]._get(self._name).id,
        }

    # -------------------------------------------------------------------------
    # End
    # -------------------------------------------------------------------------

    def _end_tasks_of_closed(self):
        """Finish the automatic to-dos of cases that are closed."""
        self._end_tasks(self._automatic_tasks(), self.env._("The case was closed."))

    def _end_tasks_of_other_areas(self):
        """Finish the to-dos that areas gave their people on cases that left these areas."""
        left = self._automatic_tasks().filtered(
            lambda task: (
                (task.atencion_reason or "").startswith(automatic_tasks.task_of_area(""))
                and task.atencion_reason != automatic_tasks.task_of_area(task.case_id.area_id.id)
            )
        )
        self._end_tasks(left, self.env._("The case went to another area."))

    def _automatic_tasks(self):
        """The open to-dos of the cases that no person planned, but for those with files."""
        # sudo: they are of other users, and the case may be out of sight already.
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("case_id", "in", self.ids),
                    ("automated", "=", True),
                    ("attachment_ids", "=", False),
                ]
            )
        )

    def _end_tasks(self, tasks, reason):
        """Finish to-dos that nobody has to do any more: they say so, and the log of the case.

        :param tasks: ``mail.activity``, with ``sudo``
        :param str reason: why, in the language of the user
        """
        if not tasks:
            return
        bodies = {
            case.id: self.env._(
                "%(reason)s These automatic to-dos ended with it: %(tasks)s.",
                reason=reason,
                tasks="; ".join(
                    f"{task.display_name.rstrip('.')} ({task.user_id.name or '–'})"
                    for task in ended
                ),
            )
            for case, ended in tasks.grouped("case_id").items()
        }
        # The log has one line for all of them.
        tasks.with_context(mail_notrack=True).write(
            {
                "execution_state": CANCELLED,
                "feedback": self.env._("Ended by itself. %s", reason),
            }
        )
        self.sudo().browse(bodies)._message_log_batch(bodies=bodies)
