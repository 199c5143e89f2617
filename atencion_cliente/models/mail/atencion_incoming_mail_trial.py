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
            sent = register.env["mail.mail"].search([("id", ">", last)], order="id")
            # With the rights of who tries it; a mail to two companies makes a case in each.
            user = self.env(cr=cursor, su=False)
            mails = sent.filtered(lambda one: _is_seen(user, row) and _is_seen(user, _about(one)))
            case, of_case = row.case_id.display_name or False, row.case_id
            if not (_is_seen(user, row) and _is_seen(user, row.case_id)):
                case, of_case = case and self.env._("A case that you cannot see"), of_case.browse()
            of_case = of_case.with_context(lang=self.env.lang)
            return {
                "kind": row.kind,
                "rule": row.rule,
                "outcome": row.outcome,
                "detail": row.detail,
                "case": case,
                "area": of_case.area_id.display_name or False,
                "type": of_case.type_id.display_name or False,
                "mails": [
                    (
                        ", ".join(filter(None, [one.email_to, *one.recipient_ids.mapped("email")])),
                        one.subject or "",
                    )
                    for one in mails
                ],
            }


def _about(mail):
    """The record that a mail is about; it may be empty."""
    return mail.env[mail.model].browse(mail.res_id) if mail.model else mail.browse()


def _is_seen(environment, record):
    return not record or record.with_env(environment).has_access("read")


class MailMail(models.Model):
    """A mail of a trial is not sent."""

    _inherit = "mail.mail"

    def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):
        if server_value(self.env, TRIAL):
            return None
        return super().send(auto_commit, raise_exception, post_send_callback)
