from odoo import models

CASE = "atencion.case"


class CalendarAttendee(models.Model):
    """Invitations to the events of cases are in the language of their reader.

    Their guests are added and taken away by who may change the event.

    Odoo writes to a contact without a language in that of the user who plans the event; the
    language of the company is the better guess, as in the other mails to customers.
    """

    _inherit = "calendar.attendee"

    def unlink(self):
        # Odoo asks for no right on the event; an auditor has none.
        if not self.env.su and self.env.user._is_auditor():
            self.event_id.check_access("write")
        return super().unlink()

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
