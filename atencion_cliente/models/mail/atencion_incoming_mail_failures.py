import logging

from odoo import api, fields, models

from ...tools.mail_digest import kept
from ...tools.mail_kind import sender
from ...tools.mail_retry import PAUSES, pause_after
from ..base.contained import contained
from ..base.server_context import server_value, with_server_value
from .received_mail import Resubmission

_logger = logging.getLogger(__name__)

# Reasons that pass: no memory, no disk, no network.
PASSING = (MemoryError, OSError)


class AtencionIncomingMailFailures(models.Model):
    """Keeps what could not be filed, and tries it again."""

    _inherit = "atencion.incoming.mail"

    @api.model
    def _keep_open(self, arrived, error):
        """Keep a mail in a transaction of its own: that of its filing is rolled back.

        Whoever brought the mail may bring it again, which files it and closes the row; if not,
        a job does.
        """
        if server_value(self.env, "atencion_trial") or arrived.again:
            return
        try:
            with self.env.registry.cursor() as cursor:
                register = self.with_env(self.env(cr=cursor))
                known = [("digest", "=", register._digest(arrived))]
                if not register.search_count(known, limit=1):
                    register._keep(arrived, "open", error)
        except Exception:
            # The database is away: whoever brought the mail keeps it.
            _logger.exception("A received mail could not be kept")

    @api.model
    def _keep_failed(self, arrived, error):
        """Keep a mail that cannot be filed, and tell an administrator unless it may pass."""
        _logger.warning("A received mail could not be filed", exc_info=error)
        try:
            with contained(self.env):
                outcome = "open" if isinstance(error, PASSING) else "failed"
                row = self._keep(arrived, outcome, error)
                if outcome == "failed":
                    row._ask_administrator()
        except Exception:
            # The transaction is no good any longer.
            _logger.exception("A received mail could not be kept in its transaction")
            self._keep_open(arrived, error)

    @api.model
    def _keep(self, arrived, outcome, error):
        """The row of a mail that was not filed, with its original."""
        row = self.search([("digest", "=", self._digest(arrived))], limit=1)
        reason = kept(f"{type(error).__name__}: {error}", 1_000)
        if row:
            row.write({"outcome": outcome, "detail": reason})
        else:
            values = self._plain_values(arrived)
            row = self.create(
                values
                | {
                    "outcome": outcome,
                    "detail": reason,
                    "attempts": 1,
                    "next_attempt_at": fields.Datetime.now() + PAUSES[0],
                }
            )
        row._keep_source(arrived.source)
        return row

    @api.model
    def _plain_values(self, arrived):
        """The values of a row; if they cannot be read of the mail, the least."""
        mail = arrived.mail
        try:
            return self._row_values(arrived, mail, sender(mail))
        except Exception:
            _logger.exception("The headers of a received mail cannot be read")
            return {"digest": self._digest(arrived), "size": len(arrived.source)}

    # -------------------------------------------------------------------------
    # Again
    # -------------------------------------------------------------------------

    @api.model
    def _cron_file_again(self):
        """Try open mails again, each in a transaction of its own, with growing pauses."""
        cron = self.env["ir.cron"]
        due = [("outcome", "=", "open"), ("next_attempt_at", "<=", fields.Datetime.now())]
        ids = self.search(due, order="id").ids
        seconds = cron._commit_progress(remaining=len(ids))
        for id_ in ids:
            if not seconds:
                break
            row = self.browse(id_)
            if not row.try_lock_for_update().filtered_domain(due):
                seconds = cron._commit_progress(1)
                continue
            goes_on = row._plan_next_attempt()
            # The plan is kept even if the attempt ends the process.
            seconds = cron._commit_progress(0 if goes_on else 1)
            if not goes_on:
                continue
            try:
                row._file_again(Resubmission(row.id))
            except Exception:
                _logger.info("Mail %s could not be filed again", row.message_id, exc_info=True)
                self.env.cr.rollback()
            seconds = cron._commit_progress(1)

    def _plan_next_attempt(self):
        """Plan the attempt after this one; after the last one, an administrator decides.

        :return: whether there is this one
        """
        if self.attempts > len(PAUSES):
            self.write({"outcome": "failed", "next_attempt_at": False})
            self._ask_administrator()
            return False
        self.attempts += 1
        pause = pause_after(self.attempts) or PAUSES[-1]
        self.next_attempt_at = fields.Datetime.now() + pause
        return True

    def _file_again(self, resubmission):
        """Process the original of a row once more."""
        source = self._source_file().raw
        # As OdooBot, like the mail gateway: whoever presses a button is not who brings it.
        gateway = self.env["mail.thread"].with_user(self.env.ref("base.user_root")).sudo()
        gateway = with_server_value(gateway, "atencion_resubmission", resubmission)
        model = "atencion.case" if self.brought_for_cases else False
        return gateway.message_process(model, source)
