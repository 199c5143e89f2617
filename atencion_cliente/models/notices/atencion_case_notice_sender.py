from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup

from odoo import api, models
from odoo.tools.mail import generate_tracking_message_id

from odoo.addons.mail.tools.discuss import Store

from ...tools import audience
from ..base.present import present

# Keys of what the transaction queues for its end (see ``base/contained.py``).
QUEUE = "atencion.notices"
# The customers' messages of the transaction: the id of the case by that of the message.
WRITTEN = "atencion.notices.written"
NEW = "atencion.notices.new"
# With more alerts than these at once, open windows only get the new count.
BURST = 20


class QueuedNotice(NamedTuple):
    """One event that one person is to be notified of."""

    case_id: int
    user_id: int
    author_id: int
    media: frozenset
    reason: tuple


@dataclass
class Notice:
    """All that one person gets of one case at the end of the transaction."""

    author_id: int
    media: set = field(default_factory=set)
    reasons: list = field(default_factory=list)


@dataclass
class NoticeBatch:
    """The same notice of a case for recipients who read the same language."""

    case: models.BaseModel
    author: models.BaseModel
    reasons: list
    recipients: dict = field(default_factory=lambda: defaultdict(list))

    @cached_property
    def texts(self):
        return self.case._reason_texts(self.reasons)

    @cached_property
    def body(self):
        """The reasons as HTML, with the note of the state if there is one."""
        items = Markup().join(Markup("<li>%s</li>") % text for text in self.texts)
        note = self.case._note_of(self.reasons)
        return Markup("<ul>%s</ul>%s") % (items, note and Markup("<p>%s</p>") % note)


def _by_recipient(queue):
    """The notice of each case and user, of all their queued events.

    :rtype: dict[tuple[int, int], Notice]
    """
    notices = {}
    for queued in queue:
        key = (queued.case_id, queued.user_id)
        notice = notices.setdefault(key, Notice(queued.author_id))
        notice.media.update(queued.media)
        notice.reasons.append(queued.reason)
    return notices


class AtencionCaseNoticeSender(models.Model):
    """Sends the notices of a transaction, each medium in one batch.

    It works with ``sudo``: the recipients were decided before, and the user who changed a
    case may no longer see it.
    """

    _inherit = "atencion.case"

    def _send_notices(self):
        """Send the queued notices; runs just before the commit."""
        data = self.env.cr.precommit.data
        notices = _by_recipient(data.pop(QUEUE, ()))
        heard = self._heard(data.pop(WRITTEN, {}))
        data.pop(NEW, None)
        cases = self.env[self._name].sudo().browse({case_id for case_id, _user in notices})
        cases = present(cases)
        users = cases.env["res.users"].browse({user_id for _case, user_id in notices})
        users_by_id = {user.id: user for user in users}
        batches = {}
        found = {case.id: case for case in cases}
        for (case_id, user_id), notice in notices.items():
            if case_id not in found:
                continue
            user = users_by_id[user_id]
            found[case_id]._settle_notice(notice, user, heard.get((case_id, user.partner_id.id)))
            if notice.reasons and notice.media:
                self._add_recipient(batches, cases, case_id, user, notice)
        if batches:
            self._send_batches(cases, list(batches.values()))

    @api.model
    def _heard(self, written):
        """How people got the messages of customers, by case id and partner id.

        :param dict written: the id of the case by the id of the message
        """
        if not written:
            return {}
        notifications = (
            self.env["mail.notification"]
            .sudo()
            .search_fetch(
                [("mail_message_id", "in", list(written))],
                ["mail_message_id", "res_partner_id", "notification_type"],
            )
        )
        return {
            (written[one.mail_message_id.id], one.res_partner_id.id): one.notification_type
            for one in notifications
        }

    def _settle_notice(self, notice, user, heard):
        """Leave out of a notice what the end of the transaction has made void.

        :param Notice notice: it is changed in place
        :param heard: how the user got the customer's message itself, if they did
        """
        notice.reasons = [
            reason
            for reason in notice.reasons
            if reason[0] != audience.ASSIGNED or self.user_id == user
        ]
        media = audience.media_left(notice.media, notice.reasons, heard)
        if not self._is_task_due(notice.reasons):
            media -= {audience.TASK}
        # The case may have become confidential after the notice was queued.
        notice.media = media if self._may_know(user, internal=True) else set()

    @api.model
    def _add_recipient(self, batches, cases, case_id, user, notice):
        reasons = audience.merged(notice.reasons)
        language = user.lang or self.env.lang
        key = (language, case_id, notice.author_id, repr(reasons))
        if key not in batches:
            case = cases.with_context(lang=language).browse(case_id).with_prefetch(cases.ids)
            author = case.env["res.partner"].browse(notice.author_id)
            batches[key] = NoticeBatch(case, author, reasons)
        for medium in notice.media:
            batches[key].recipients[medium].append(user)

    @api.model
    def _send_batches(self, cases, batches):
        cases._let_recipients_follow(batches)
        served = {
            medium: [batch for batch in batches if batch.recipients[medium]]
            for medium in audience.MEDIA
        }
        if served[audience.INBOX] or served[audience.EMAIL]:
            self._send_messages(served[audience.INBOX], served[audience.EMAIL])
        if served[audience.CHAT]:
            self._send_to_chats(served[audience.CHAT])
        if served[audience.TASK]:
            self._create_tasks(served[audience.TASK])

    # -------------------------------------------------------------------------
    # Messages: in the inbox of Odoo, and by e-mail
    # -------------------------------------------------------------------------

    @api.model
    def _send_messages(self, alerted, mailed):
        """Write the alerts and the e-mails: one statement for what both of them need.

        :param alerted: the batches with recipients in the inbox
        :param mailed: the batches with recipients of e-mail
        """
        values = [
            self._message_values(batch, batch.recipients[audience.INBOX])
            | {"reply_to": batch.author.email_formatted}
            for batch in alerted
        ]
        letters = self._letters(mailed)
        messages = (
            self.env["mail.message"]
            .sudo()
            .create(values + [letter.message_values for letter in letters])
        )
        in_inbox, by_mail = messages[: len(alerted)], messages[len(alerted) :]
        body = messages._fields["body"]
        for message, batch in zip(in_inbox, alerted, strict=True):
            # Their windows would read it back.
            body._insert_cache(message, [body.convert_to_cache(batch.body, message)])
        deliveries = [
            (message, user)
            for message, batch in zip(in_inbox, alerted, strict=True)
            for user in batch.recipients[audience.INBOX]
        ]
        notifications = [
            {
                "author_id": message.author_id.id,
                "mail_message_id": message.id,
                "notification_status": "sent",
                "notification_type": "inbox",
                "res_partner_id": user.partner_id.id,
            }
            for message, user in deliveries
        ]
        if by_mail:
            notifications += self._put_into_mail_queue(mailed, letters, by_mail)
        sent = self.env["mail.notification"].sudo().create(notifications)
        for message, rows in sent.grouped("mail_message_id").items():
            # A new message has no others: its window would read them.
            message._fields["notification_ids"]._insert_cache(message, [rows.ids])
        self._show_in_inboxes(deliveries)

    @api.model
    def _message_values(self, batch, users):
        """The values of a notice's message, as Odoo's ``message_notify`` writes them."""
        case, author = batch.case, batch.author
        return {
            "author_id": author.id,
            "body": batch.body,
            "email_from": author.email_formatted,
            "is_internal": True,
            "message_id": generate_tracking_message_id("message-notify"),
            "message_type": "user_notification",
            "model": case._name,
            "partner_ids": [(4, user.partner_id.id) for user in users],
            "record_alias_domain_id": case.company_id.alias_domain_id.id,
            "record_company_id": case.company_id.id,
            "res_id": case.id,
            "subject": case._full_label(),
            # Answers to a message of this subtype are internal.
            "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note"),
        }

    @api.model
    def _show_in_inboxes(self, deliveries):
        """Show messages in the open windows of their recipients.

        Up to ``BURST`` messages are sent to the window, as Odoo does. Of more it only gets
        the count: collecting their data takes longer than everything else, and nobody
        reads that many pop-ups.

        :param deliveries: pairs of a message and the user who gets it
        """
        ids_by_user = defaultdict(list)
        for message, user in deliveries:
            ids_by_user[user].append(message.id)
        for user, ids in ids_by_user.items():
            if len(ids) > BURST:
                count = user.partner_id._get_needaction_count()
                user._bus_send(
                    "mail.message/mark_as_read",
                    {"message_ids": [], "needaction_inbox_counter": count},
                )
                continue
            # sudo: the recipient may read the notice, whatever their rights on the case.
            messages = self.env["mail.message"].with_user(user).sudo().browse(ids)
            for message in messages.with_context(allowed_company_ids=[], lang=user.lang):
                self._know_user_of(message.author_id)
                store = Store(bus_channel=user).add(
                    message, msg_vals={"scheduled_date": False}, add_followers=True
                )
                user._bus_send(
                    "mail.message/inbox",
                    {"message_id": message.id, "store_data": store.get_result()},
                )

    @api.model
    def _know_user_of(self, author):
        """Fill in whose contact an author is, who acts now: the window would look for it.

        :param author: a contact, in the environment of a recipient
        """
        if author == self.env.user.partner_id:
            author._fields["main_user_id"]._insert_cache(author, [self.env.uid])
