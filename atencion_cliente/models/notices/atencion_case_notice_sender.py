from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup

from odoo import api, models
from odoo.tools.mail import generate_tracking_message_id

from odoo.addons.mail.tools.discuss import Store

from ...tools import audience

# Keys of what the transaction queues for its end (see ``base/contained.py``).
QUEUE = "atencion.notices"
ASSIGNED = "atencion.notices.assigned"
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
        notices, assigned = _by_recipient(data.pop(QUEUE, ())), data.pop(ASSIGNED, ())
        data.pop(NEW, None)
        cases = self.env[self._name].sudo().browse({case_id for case_id, _user in notices})
        cases = cases.exists()
        users = cases.env["res.users"].browse({user_id for _case, user_id in notices})
        users_by_id = {user.id: user for user in users}
        batches = {}
        present = set(cases.ids)
        for (case_id, user_id), notice in notices.items():
            user = users_by_id[user_id]
            media = notice.media
            if (case_id, user.partner_id.id) in assigned:
                # They became the assignee after the notice was queued, and Odoo notifies them.
                media &= {audience.TASK}
            # The case may have become confidential after the notice was queued.
            if (
                case_id in present
                and media
                and cases.browse(case_id)._may_know(user, internal=True)
            ):
                self._add_recipient(batches, cases, case_id, user, notice)
        if batches:
            self._send_batches(cases, list(batches.values()))

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
        for medium, send in (
            (audience.INBOX, self._send_to_inbox),
            (audience.TASK, self._create_tasks),
            (audience.EMAIL, self._send_by_email),
        ):
            served = [batch for batch in batches if batch.recipients[medium]]
            if served:
                send(served)

    def _let_recipients_follow(self, batches):
        """Make recipients who could not open the case followers without any subtype.

        So they read the case, and get no other message of it. It includes everybody who
        gets a task: Odoo would make them followers of all messages.
        """
        wanted = set()
        for batch in batches:
            for medium, users in batch.recipients.items():
                wanted.update(
                    (batch.case.id, user.partner_id.id)
                    for user in users
                    if medium == audience.TASK or batch.case._opens_as_follower(user)
                )
        if not wanted:
            return
        followers = self.env["mail.followers"].sudo()
        known = followers.search_fetch(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", [case_id for case_id, _partner in wanted]),
                ("partner_id", "in", [partner_id for _case, partner_id in wanted]),
            ],
            ["res_id", "partner_id"],
        )
        wanted.difference_update((known_one.res_id, known_one.partner_id.id) for known_one in known)
        followers.create(
            [
                {"res_model": self._name, "res_id": case_id, "partner_id": partner_id}
                for case_id, partner_id in sorted(wanted)
            ]
        )

    def _opens_as_follower(self, user):
        """Whether a user may read the case only as a follower."""
        self.ensure_one()
        if not user.has_group("atencion_cliente.group_user"):
            return False
        if user.has_group("atencion_cliente.group_area_user"):
            return not (
                user.has_group("atencion_cliente.group_supervisor")
                or self.area_id in user.atencion_area_ids
            )
        return user not in self.user_id | self.legal_user_id

    # -------------------------------------------------------------------------
    # Inbox of Odoo
    # -------------------------------------------------------------------------

    @api.model
    def _send_to_inbox(self, batches):
        messages = (
            self.env["mail.message"]
            .sudo()
            .create(
                [
                    self._message_values(batch, batch.recipients[audience.INBOX])
                    | {"reply_to": batch.author.email_formatted}
                    for batch in batches
                ]
            )
        )
        deliveries = [
            (message, user)
            for message, batch in zip(messages, batches, strict=True)
            for user in batch.recipients[audience.INBOX]
        ]
        self.env["mail.notification"].sudo().create(
            [
                {
                    "author_id": message.author_id.id,
                    "mail_message_id": message.id,
                    "notification_status": "sent",
                    "notification_type": "inbox",
                    "res_partner_id": user.partner_id.id,
                }
                for message, user in deliveries
            ]
        )
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
            for message in messages.with_context(allowed_company_ids=[]):
                store = Store(bus_channel=user).add(
                    message, msg_vals={"scheduled_date": False}, add_followers=True
                )
                user._bus_send(
                    "mail.message/inbox",
                    {"message_id": message.id, "store_data": store.get_result()},
                )

    # -------------------------------------------------------------------------
    # To-dos
    # -------------------------------------------------------------------------

    @api.model
    def _create_tasks(self, batches):
        todo = self.env.ref("mail.mail_activity_data_todo").id
        model = self.env["ir.model"]._get(self._name).id
        self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": todo,
                    "automated": True,
                    "date_deadline": batch.case.deadline_date or batch.case.company_id._today(),
                    "note": batch.body,
                    "res_id": batch.case.id,
                    "res_model_id": model,
                    "summary": batch.texts[0],
                    "user_id": user.id,
                }
                for batch in batches
                for user in batch.recipients[audience.TASK]
            ]
        )
