from odoo import SUPERUSER_ID, models

from ...tools import audience
from ...tools.incoming_mail import Speaker, speaker_of
from .atencion_case_notice_sender import WRITTEN

SUPERVISOR = "atencion_cliente.group_supervisor"
MANAGER = "atencion_cliente.group_manager"


class AtencionCaseCustomerWrote(models.Model):
    """What the customer writes in the portal or by mail is heard by somebody.

    Who is decided by their role on the case, and not by whether they follow it
    (``tools.audience.who_hears``). The people of an area are notified by the channels of their
    lines; assignee, manager and legal adviser, and if there is nobody the supervisors, get the
    customer's message itself, as they prefer in Odoo.
    """

    _inherit = "atencion.case"

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        self._hear(message)
        return result

    def _message_mail_after_hook(self, mails):
        """What an agent writes to the customers of many cases answers each of them."""
        result = super()._message_mail_after_hook(mails)
        written = mails.sudo().filtered(lambda mail: not mail.is_internal)
        self.browse(set(written.mapped("res_id"))).sudo()._mark_read()
        return result

    def _publish_mails(self, messages):
        """The mails of a person whom an agent accepts are the customer's from now on."""
        result = super()._publish_mails(messages)
        for mail in messages.sudo().filtered(lambda one: one.res_id == self.id):
            self._hear(mail)
        return result

    def _hear(self, message):
        """Mark the case by a message of its conversation, and notify the area of the customer's."""
        speaker = self._speaker_of(message)
        if speaker is Speaker.STAFF:
            self.sudo()._mark_read()
        if speaker is not Speaker.CUSTOMER:
            return
        case = self.sudo()
        case._mark_unread()
        self.env.cr.precommit.data.setdefault(WRITTEN, {})[message.id] = case.id
        reason = (audience.WROTE, {"message_id": message.id})
        users, lines = case._people_who_hear()
        case._let_open(users)
        # OdooBot: an answer to the notice must not go to the customer.
        bot = self.env["res.users"].browse(SUPERUSER_ID)
        for recipients, channels in lines:
            case._queue_notices(recipients, channels, reason, author=bot)

    def _speaker_of(self, message):
        """Who speaks in a message of the case (``tools.incoming_mail.Speaker``), or None.

        The mail that makes a case says nothing beyond what the notice of the case says.
        """
        if self._arrives_silently():
            return None
        message = message.sudo()
        return speaker_of(
            self._as_parent(message),
            author_is_staff=self._is_of_staff(message),
            posted_by_staff=self.env.user._is_internal(),
        )

    def _is_of_staff(self, message):
        """Whether an agent wrote a message, in their own name or in that of their area."""
        author = message.author_id
        in_own_name = bool(author) and not author.partner_share
        return in_own_name or bool(message.atencion_writer_id)

    def _customer_wrote_at(self):
        """When the customer wrote last, by what the conversation holds; None if they did not.

        :rtype: datetime.datetime | None
        """
        self.ensure_one()
        # sudo: only the moment leaves here.
        for message in self.sudo().message_ids:
            is_staff = self._is_of_staff(message)
            if speaker_of(self._as_parent(message), is_staff, False) is Speaker.CUSTOMER:
                return message.date
        return None

    def _people_who_hear(self):
        """Who is notified of what the customer wrote.

        :return: the ``res.users`` who get the message itself, and the lines of the area:
            pairs of users and their channels
        """
        self.ensure_one()
        case = self.sudo()
        lines = [
            (users, channels)
            for user_ids, channels in case.area_id._notification_recipients(audience.ON_UPDATE)
            if (users := case._notifiable(case.env["res.users"].browse(user_ids), channels))
        ]
        people = {
            audience.ASSIGNEE: case._notifiable(case.user_id),
            audience.ON_UPDATE: lines,
            audience.MANAGER: case._notifiable(case.area_id.manager_id),
            audience.ADVISER: case._notifiable(case.legal_user_id),
        }
        if not any(people.values()):
            # Nobody is left, as when the manager was archived: somebody hears all the same.
            people |= case._last_to_hear()
        able = {name for name, found in people.items() if found}
        hearing = audience.who_hears(able, is_claim=bool(case.claim_filed_at))
        told = case.env["res.users"].union(
            *(people[name] for name in hearing if name != audience.ON_UPDATE)
        )
        return told, lines if audience.ON_UPDATE in hearing else []

    def _last_to_hear(self):
        """Who hears of the case if none of its people and of those of its area can be notified.

        :return: ``res.users`` by audience
        """
        # sudo: a customer may not read users.
        users = self.sudo().env["res.users"]
        in_company = [("company_ids", "in", self.company_id.ids)]
        found = {
            group: users.search([*in_company, ("all_group_ids", "in", self.env.ref(group).ids)])
            for group in (SUPERVISOR, MANAGER)
        }
        return {
            # An administrator is a supervisor, too.
            audience.SUPERVISORS: self._notifiable(found[SUPERVISOR] - found[MANAGER]),
            audience.ADMINISTRATORS: self._notifiable(found[MANAGER]),
        }

    def _notifiable(self, users, channels=(audience.ALERT,)):
        """Those of some users who can be notified of the case by some channels."""
        bot = self.env["res.users"].browse(SUPERUSER_ID)
        aliases = self._aliases_among(users) if audience.EMAIL in channels else ()
        return users.filtered(
            lambda user: (
                audience.deliveries(
                    self._as_recipient(self._as_person(user, bot), user, aliases), channels
                ).media
            )
        )

    def _let_open(self, users):
        """Let users open the case who hear of it by their role alone."""
        self._add_silent_followers(
            {(self.id, user.partner_id.id) for user in users if self._opens_as_follower(user)}
        )

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Add the people who hear the customer by their role to those whom Odoo notifies."""
        if len(self) == 1 and self._speaker_of(message) is Speaker.CUSTOMER:
            users, _lines = self._people_who_hear()
            values = dict(msg_vals or {})
            addressed = values.get("partner_ids") or message.sudo().partner_ids.ids
            values["partner_ids"] = list(dict.fromkeys([*addressed, *users.partner_id.ids]))
            msg_vals = values
        return super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
