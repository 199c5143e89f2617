from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from odoo import api, models
from odoo.tools.mail import generate_tracking_message_id

from odoo.addons.mail.tools.discuss import Store

from ...tools import audience

# Keys of what the end of the transaction works on.
QUEUE = "atencion.notices"
ASSIGNED = "atencion.notices.assigned"
NEW = "atencion.notices.new"
# More alerts than these at once show as a number.
BURST = 20


@dataclass
class Notice:
    """What one person is told of one case at the end of the transaction."""

    author_id: int
    media: set = field(default_factory=set)
    reasons: list = field(default_factory=list)


@dataclass
class NoticeBatch:
    """What the readers of one language are told of a case: one text for all."""

    case: models.BaseModel
    author: models.BaseModel
    reasons: list
    readers: dict = field(default_factory=lambda: defaultdict(list))

    @cached_property
    def texts(self):
        return self.case._reason_texts(self.reasons)

    @cached_property
    def body(self):
        """The reasons, and the note of the change if one goes with them, as HTML."""
        items = Markup().join(Markup("<li>%s</li>") % text for text in self.texts)
        note = self.case._note_of(self.reasons)
        return Markup("<ul>%s</ul>%s") % (items, note and Markup("<p>%s</p>") % note)


class AtencionCaseNoticeSender(models.Model):
    """Writes the notices of a transaction, each kind in one batch.

    It works with ``sudo``: whom to tell was decided before, and who changed a case may
    no longer see it.
    """

    _inherit = "atencion.case"

    def _send_notices(self):
        """Send what the transaction queued; runs before it is committed."""
        data = self.env.cr.precommit.data
        notices, assigned = data.pop(QUEUE, {}), data.pop(ASSIGNED, ())
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
                # He was assigned after the notice was queued.
                media &= {audience.TASK}
            # The case may have become confidential after the notice was queued.
            if (
                case_id in present
                and media
                and cases.browse(case_id)._may_know(user, internal=True)
            ):
                self._add_reader(batches, cases, case_id, user, notice)
        if batches:
            self._send_batches(cases, list(batches.values()))

    @api.model
    def _add_reader(self, batches, cases, case_id, user, notice):
        reasons = audience.merged(notice.reasons)
        language = user.lang or self.env.lang
        key = (language, case_id, notice.author_id, repr(reasons))
        if key not in batches:
            case = cases.with_context(lang=language).browse(case_id).with_prefetch(cases.ids)
            author = case.env["res.partner"].browse(notice.author_id)
            batches[key] = NoticeBatch(case, author, reasons)
        for medium in notice.media:
            batches[key].readers[medium].append(user)

    @api.model
    def _send_batches(self, cases, batches):
        cases._let_follow(batches)
        for medium, send in (
            (audience.INBOX, self._send_to_inbox),
            (audience.TASK, self._create_tasks),
            (audience.EMAIL, self._send_by_email),
        ):
            served = [batch for batch in batches if batch.readers[medium]]
            if served:
                send(served)

    def _let_follow(self, batches):
        """Let who is told of a case open it: he follows it, and is sent nothing more.

        Who gets a task too, before Odoo makes him follow with all its mails.
        """
        wanted = set()
        for batch in batches:
            for medium, users in batch.readers.items():
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
        """Whether a user reads the case because he follows it, and not otherwise."""
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
                    self._message_values(batch, batch.readers[audience.INBOX])
                    | {"reply_to": batch.author.email_formatted}
                    for batch in batches
                ]
            )
        )
        readers = [
            (message, user)
            for message, batch in zip(messages, batches, strict=True)
            for user in batch.readers[audience.INBOX]
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
                for message, user in readers
            ]
        )
        self._show_in_inboxes(readers)

    @api.model
    def _message_values(self, batch, users):
        """What the message of a notice says, as Odoo's own ``message_notify`` does."""
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
            # An answer to what is internal stays internal, by this subtype.
            "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note"),
        }

    @api.model
    def _show_in_inboxes(self, readers):
        """Show messages in the open windows of their readers.

        A few are shown as Odoo shows any message. Of many at once only the number is,
        and the window fetches them: nobody wants a hundred pop-ups, and to collect
        what a window needs takes longer than all the rest.
        """
        ids_by_user = defaultdict(list)
        for message, user in readers:
            ids_by_user[user].append(message.id)
        for user, ids in ids_by_user.items():
            if len(ids) > BURST:
                count = user.partner_id._get_needaction_count()
                user._bus_send(
                    "mail.message/mark_as_read",
                    {"message_ids": [], "needaction_inbox_counter": count},
                )
                continue
            # sudo: the reader gets what he was just notified of.
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
                for user in batch.readers[audience.TASK]
            ]
        )
