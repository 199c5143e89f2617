from odoo import api, models

from ..base.server_context import server_value
from .calendar_event_log import EVENT_TOLD

CASE = "atencion.case"


class CalendarAttendee(models.Model):
    """Invitations to the events of cases are in the language of their reader.

    Their guests are added and taken away by who may change the event, and the case tells it.

    Odoo writes to a contact without a language in that of the user who plans the event; the
    language of the company is the better guess, as in the other mails to customers.
    """

    _inherit = "calendar.attendee"

    @api.model_create_multi
    def create(self, vals_list):
        attendees = super().create(vals_list)
        attendees._log_guests({}, attendees._guests())
        return attendees

    def write(self, vals):
        if {"event_id", "partner_id"}.isdisjoint(vals):
            return super().write(vals)
        before = self._guests()
        result = super().write(vals)
        self._log_guests(before, self._guests())
        return result

    def unlink(self):
        # Odoo asks for no right on the event; an auditor has none.
        if not self.env.su and self.env.user._is_auditor():
            self.event_id.check_access("write")
        before = self._guests()
        result = super().unlink()
        self._log_guests(before, {})
        return result

    def _guests(self):
        """The guests among these by event of a case, unless the event itself tells of them."""
        if server_value(self.env, EVENT_TOLD):
            return {}
        # sudo: private events hide their case from users who do not take part.
        return {
            event: (event.attendee_ids & self.sudo()).partner_id
            for event in self.event_id.sudo()._of_cases()
        }

    @api.model
    def _log_guests(self, before, now):
        """Log on the cases of events which guests came and went.

        :param dict before: partners by event before the change
        :param dict now: the same, after the change
        """
        nobody = self.env["res.partner"]
        for event in before | now:
            facts = event._facts()
            if event.exists() and facts["active"]:
                event._log_details(
                    facts | {"guests": before.get(event, nobody)},
                    facts | {"guests": now.get(event, nobody)},
                )

    def _notify_attendees(self, mail_template, notify_author=False, force_send=False):
        # sudo: private events hide their case from users who do not take part.
        ours = self.filtered(
            lambda guest: not guest.partner_id.lang and guest.event_id.sudo().res_model == CASE
        )
        if not ours or not mail_template:
            return super()._notify_attendees(mail_template, notify_author, force_send)
        others = self - ours
        if others:
            super(CalendarAttendee, others)._notify_attendees(
                mail_template, notify_author, force_send
            )
        for language, guests in ours.grouped(lambda guest: guest._language_of_company()).items():
            template = mail_template.with_context(lang=language or self.env.lang)
            super(CalendarAttendee, guests)._notify_attendees(template, notify_author, force_send)
        return None

    def _language_of_company(self):
        """The language of the company whose case the event is about."""
        return self.event_id.sudo()._case().company_id.partner_id.lang
