from collections import defaultdict

from odoo import models
from odoo.tools import formataddr, split_every
from odoo.tools.mail import append_content_to_html

from ...tools.mail_sender import sender_address
from ..base.server_context import ServerValue

CASE = "atencion.case"
# Key among the headers of a mail, which no text of ``mail.mail`` can hold: its sender.
SENDER = "sender"


class MailMail(models.Model):
    """The mails of a case are from the address of its area, and belong together.

    Who sends is decided when a mail is sent: a case that changed its area meanwhile is of the
    new one, and what a customer wrote stays theirs in the log. Mails of other records are left
    as they are.
    """

    _inherit = "mail.mail"

    def _of_cases(self):
        """Those of the mails that are of cases, by one statement."""
        if not self:
            return self
        # Not more of a thousand mails than is needed to tell.
        read = self.with_context(prefetch_fields=False).read(["model"], load="")
        return self.browse(values["id"] for values in read if values["model"] == CASE)

    def _case(self):
        """The case of the mail; empty if it was deleted."""
        self.ensure_one()
        # sudo: the queue sends for everybody.
        return self.env[CASE].sudo().browse(self.res_id).exists()

    def _split_by_mail_configuration(self):
        servers, groups, others = None, defaultdict(list), self
        for mail in self._of_cases():
            if servers is None:
                servers = self.env["ir.mail_server"].sudo().search([], order="sequence, id")
            server, sender = mail._server_and_sender(servers)
            if sender:
                others -= mail
                domain_id = mail.record_alias_domain_id.id
                groups[server.id or False, domain_id or False, sender].append(mail.id)
        if others or not groups:
            yield from super(MailMail, others)._split_by_mail_configuration()
        # sudo: as Odoo reads it.
        size = self.env["ir.config_parameter"].sudo().get_param("mail.session.batch.size")
        for key, ids in groups.items():
            for batch in split_every(int(size or 0) or 1000, ids):
                yield *key, list(batch)

    def _server_and_sender(self, servers):
        """The server by which a mail of a case goes, and the sender that it may name.

        :param servers: the ``ir.mail_server`` to choose from
        :return: the server, which may be empty, and the formatted sender, or None if Odoo
            decides about both as ever
        """
        case = self._case()
        name, addresses = case._outgoing_sender(self) if case else ("", [])
        if not addresses:
            return servers.browse(), None
        chosen = (case.area_id.mail_server_id or self.mail_server_id).filtered("active")
        # A server of one person is for their own mails.
        chosen = self._filter_mail_mail_servers(chosen) if chosen else chosen
        if not chosen:
            allowed = self._filter_mail_mail_servers(servers)
            chosen = servers._find_mail_server(addresses[0], allowed)[0] or servers.browse()
        filtered = chosen.from_filter if chosen else servers._get_default_from_filter()
        return chosen, formataddr((name, sender_address(addresses, filtered)))

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        emails = super()._prepare_outgoing_list(mail_server, doc_to_followers)
        if self.model != CASE or not emails:
            return emails
        case = self._case()
        if not case:
            return emails
        added = case._threading(self)
        sender = case._outgoing_sender_at(self, mail_server)
        replies = case._shown_reply_to(self, emails[0].get("reply_to"))
        for email in emails:
            email["reply_to"] = replies
            email["subject"] = case._subject_of(email["subject"])
            email["references"] = added["references"]
            email["headers"] = email["headers"] | added["headers"]
            if sender:
                email["email_from"] = sender
                email["headers"][SENDER] = ServerValue(sender)
        return emails

    def _prepare_outgoing_body(self):
        body = super()._prepare_outgoing_body()
        if not body or self.model != CASE:
            return body
        history = self._case()._history_below(self)
        return append_content_to_html(body, history, plaintext=False) if history else body
