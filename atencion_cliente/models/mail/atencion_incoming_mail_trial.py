from contextlib import closing

from odoo import api, models

from ...tools.mail_digest import source_digest
from ..base.server_context import server_value, with_server_value

TRIAL = "atencion_trial"


class AtencionIncomingMailTrial(models.Model):
    """Shows what would happen to a mail, without that it happens."""

    _inherit = "atencion.incoming.mail"

    @api.model
    def _try(self, source):
        """What would happen to a mail: it is processed, and everything is undone.

        :param bytes source: the mail
        :return: the values of the row that the mail would have, with the label of its case
            and the mails that would be sent; empty if the mail is not for the service. Of what
            the user may not read, only that there is something.
        :rtype: dict
        """
        # A transaction of its own: what it queues for its end runs, too, and is undone.
        with closing(self.env.registry.cursor()) as cursor:
            root = self.env.ref("base.user_root").id
            environment = self.env(cr=cursor, user=root, su=True)
            register = with_server_value(self.with_env(environment), TRIAL, True)
            last = register.env["mail.mail"].search([], limit=1, order="id desc").id or 0
            if not register._recognized(source, False):
                return {}
            register.env["mail.thread"].message_process(False, source)
            cursor.flush()
            row = register.search([("digest", "=", source_digest(source))], limit=1)
            mails = register.env["mail.mail"].search([("id", ">", last)], order="id")
            case = row.case_id.display_name or False
            # The rights of who tries it.
            seen = self.env(cr=cursor, su=False)
            if not all(one.with_env(seen).has_access("read") for one in (row, row.case_id) if one):
                mails = mails.browse()
                case = row.case_id and self.env._("A case that you cannot see")
            return {
                "kind": row.kind,
                "rule": row.rule,
                "outcome": row.outcome,
                "detail": row.detail,
                "case": case or False,
                "mails": [
                    (
                        ", ".join(filter(None, [one.email_to, *one.recipient_ids.mapped("email")])),
                        one.subject or "",
                    )
                    for one in mails
                ],
            }


class MailMail(models.Model):
    """A mail of a trial is not sent."""

    _inherit = "mail.mail"

    def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):
        if server_value(self.env, TRIAL):
            return None
        return super().send(auto_commit, raise_exception, post_send_callback)
