from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..base.public_method import public
from .atencion_incoming_mail import ADMINISTRATOR, UNDECIDED
from .received_mail import Resubmission

# Rows that are deleted at once.
BATCH = 1_000


class AtencionIncomingMailActions(models.Model):
    """What administrators decide about received mails, and how long the others are kept."""

    _inherit = "atencion.incoming.mail"

    can_be_filed = fields.Boolean(compute="_compute_can_be_filed")

    @api.depends("outcome")
    def _compute_can_be_filed(self):
        # sudo: whether there is an original is no secret.
        files = (
            self.env["ir.attachment"]
            .sudo()
            ._read_group(
                [
                    ("res_model", "=", self._name),
                    ("res_field", "=", "source"),
                    ("res_id", "in", self.ids),
                ],
                ["res_id"],
            )
        )
        kept = {res_id for (res_id,) in files}
        for mail in self:
            mail.can_be_filed = mail.id in kept and mail.outcome not in ("case", "message")

    # -------------------------------------------------------------------------
    # Buttons
    # -------------------------------------------------------------------------

    @public(one=True)
    def action_process_again(self):
        """Process the mail as if it came now.

        :raise AccessError: the user is no administrator
        :raise UserError: the mail was filed, or its original is not kept
        """
        self._check_decision()
        return self._decided(Resubmission(self.id))

    @public(one=True)
    def action_create_case(self):
        """File the mail as of a person; ask for the area if the mail names none.

        :raise AccessError: the user is no administrator
        :raise UserError: the mail was filed, or its original is not kept
        """
        self._check_decision()
        row = self.sudo()
        arrived = row._recognized(row._source_file().raw, False)
        if arrived and (arrived.named.addresses or arrived.named.answered):
            return self._decided(Resubmission(self.id, as_person=True))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Create a case of the mail"),
            "res_model": "atencion.incoming.mail.filing",
            "view_mode": "form",
            "target": "new",
            "context": {"default_mail_id": self.id},
        }

    @public()
    def action_dismiss(self):
        """Ask why mails are not filed.

        :raise AccessError: the user is no administrator
        """
        self._check_administrator()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dismiss"),
            "res_model": "atencion.incoming.mail.dismissal",
            "view_mode": "form",
            "target": "new",
            "context": {"default_mail_ids": self.ids},
        }

    def _check_administrator(self):
        self.check_access("read")
        if not (self.env.su or self.env.user.has_group(ADMINISTRATOR)):
            raise AccessError(self.env._("Administrators of the service decide about mails."))

    def _check_decision(self):
        self._check_administrator()
        if not self.can_be_filed:
            raise UserError(
                self.env._("This mail was filed, or its original is not kept any longer.")
            )

    def _decided(self, resubmission):
        """Process a mail again, and show what became of it.

        :return: the action that opens the case, or shows the mail again
        """
        # sudo: only these buttons write rows; the rights of the user were checked.
        row = self.sudo()
        row.write({"decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()})
        row._file_again(resubmission)
        row._close_to_dos()
        if row.outcome in ("case", "message") and row.case_id.sudo(False).has_access("read"):
            return {
                "type": "ir.actions.act_window",
                "res_model": "atencion.case",
                "res_id": row.case_id.id,
                "views": [(False, "form")],
            }
        shown = {"type": "ir.actions.client", "tag": "soft_reload"}
        if row.outcome in ("case", "message"):
            return shown
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("The mail was not filed"),
                "message": row.detail or self.env._("See its kind."),
                "type": "warning",
                "next": shown,
            },
        }

    def _dismiss(self, reason):
        """Leave mails unfiled, for a reason that a user writes.

        :raise AccessError: the user is no administrator
        :raise UserError: a mail was filed
        """
        self._check_administrator()
        if filed := self.filtered(lambda one: one.outcome not in (*UNDECIDED, "dropped")):
            raise UserError(self.env._("“%s” was filed.", filed[0].display_name))
        # sudo: as above.
        rows = self.sudo()
        rows.write(
            {
                "outcome": "dropped",
                "detail": reason,
                "next_attempt_at": False,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        rows._close_to_dos()

    def _close_to_dos(self):
        """Take back the to-dos of companies in which nothing waits any longer."""
        for company in {row.company_id.id for row in self}:
            of_company = [("company_id", "=", company)]
            waiting = [*of_company, ("outcome", "in", ("held", "failed"))]
            if not self.search_count(waiting, limit=1):
                self.search([*of_company, ("to_do_id", "!=", False)]).to_do_id.unlink()

    # -------------------------------------------------------------------------
    # Retention
    # -------------------------------------------------------------------------

    @api.model
    def _cron_delete_old(self):
        """Delete rows of mails that were filed or dismissed long ago, with their originals."""
        days = self._mail_settings().retention_days
        if not days:
            return
        old = [
            ("create_date", "<", fields.Datetime.subtract(fields.Datetime.now(), days=days)),
            ("outcome", "not in", UNDECIDED),
        ]
        cron = self.env["ir.cron"]
        seconds = cron._commit_progress(remaining=self.search_count(old))
        while seconds and (rows := self.search(old, limit=BATCH, order="id")):
            count = len(rows)
            rows.unlink()
            seconds = cron._commit_progress(count)
