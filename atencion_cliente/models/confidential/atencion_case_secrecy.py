from uuid import uuid4

from odoo import fields, models

# Dialogs whose records show something of a case, with their field of the case.
DIALOGS = {
    "atencion.case.stage.change": "case_ids",
    "atencion.document.generate": "case_id",
    "atencion.requester.registration": "case_id",
    "atencion.whatsapp.chat": "case_id",
    "atencion.whatsapp.opening": "case_id",
}


class AtencionCaseSecrecy(models.Model):
    """Removes people from a confidential case of which they may not know any longer.

    They no longer follow it, their to-dos are reassigned, its events become private and lose
    them as guests, waiting messages are not sent to them, and links to it stop working.
    """

    _inherit = "atencion.case"

    def _enforce_confidentiality(self):
        """Remove everybody who may not know of these confidential cases from them."""
        # sudo: users who make a case confidential have no rights on the records of others.
        for case in self.sudo():
            lines = [
                case._drop_followers(),
                case._reassign_activities(),
                case.env["calendar.event"]._of_case(case)._enforce_confidentiality(case),
            ]
            case._stop_messages()
            case._drop_links()
            case._drop_dialogs()
            if any(lines):
                case._message_log(body=" ".join(filter(None, lines)))

    def _drop_followers(self):
        followers = self.message_follower_ids
        known = self._who_may_know(followers.partner_id)[self.id]
        dropped = followers.filtered(lambda follower: follower.partner_id not in known)
        names = ", ".join(dropped.partner_id.mapped("name"))
        dropped.unlink()
        self.invalidate_recordset(["message_follower_ids", "message_partner_ids", "is_followed"])
        return names and self.env._("No longer follow this confidential case: %s.", names)

    # -------------------------------------------------------------------------
    # To-dos
    # -------------------------------------------------------------------------

    def _fallback_assignee(self):
        """The user who takes the to-dos of people who may not know of the case.

        It is the first who may know of it: the legal adviser, the user who created the
        case, or its assignee. It may be empty.
        """
        self.ensure_one()
        for user in (self.legal_user_id, self.create_uid, self.user_id):
            if user and self._may_know(user, internal=True):
                return user
        return self.env["res.users"]

    def _reassign_activities(self):
        """Reassign the open activities of users who may not know of the case.

        :return: what the log of the case says about it, or an empty text
        """
        activities = self.all_activity_ids.filtered(lambda act: act.active and act.user_id)
        known = self._who_may_know(activities.user_id, internal=True)[self.id]
        reassigned = activities.filtered(lambda activity: activity.user_id not in known)
        if not reassigned:
            return ""
        names = {
            "people": ", ".join(reassigned.user_id.mapped("name")),
            "assignee": self._fallback_assignee().name or self.env._("nobody"),
        }
        reassigned.with_context(mail_activity_quick_update=True).write(
            {"user_id": self._fallback_assignee().id}
        )
        return self.env._("The activities of %(people)s go to %(assignee)s.", **names)

    # -------------------------------------------------------------------------
    # What was sent, and what waits to be
    # -------------------------------------------------------------------------

    def _stop_messages(self):
        """Stop waiting mails, and mark unread notifications as read, for excluded people."""
        mails = self.env["mail.mail"].search(
            [
                ("model", "=", self._name),
                ("res_id", "in", self.ids),
                ("state", "in", ("outgoing", "exception")),
            ]
        )
        for mail in mails:
            allowed = self._allowed_recipients(mail.recipient_ids, mail.is_internal)
            if mail.recipient_ids - allowed:
                self._limit_mail_to(mail, allowed)
        unread = self.env["mail.notification"].search(
            [
                ("mail_message_id.model", "=", self._name),
                ("mail_message_id.res_id", "in", self.ids),
                ("is_read", "=", False),
            ]
        )
        known = self._who_may_know(unread.res_partner_id)[self.id]
        unread.filtered(lambda one: one.res_partner_id not in known).write(
            {"is_read": True, "read_date": fields.Datetime.now()}
        )

    def _drop_links(self):
        """Invalidate the links that open the case or its files without a login.

        Requester and holder get the new one with the next mail.
        """
        if self.access_token:
            self._write_checked({"access_token": str(uuid4())})
        owned = [(self._name, self.ids), ("atencion.case.document", self.document_ids.ids)]
        domains = [
            fields.Domain("res_model", "=", model) & fields.Domain("res_id", "in", ids)
            for model, ids in owned
            if ids
        ]
        linked = fields.Domain("access_token", "!=", False)
        files = self.env["ir.attachment"].search(fields.Domain.OR(domains) & linked)
        files.access_token = False

    def _drop_dialogs(self):
        """Delete the records of dialogs on the case of users who may not know of it."""
        for model, name in DIALOGS.items():
            dialogs = self.env[model].search([(name, "in", self.ids)])
            known = self._who_may_know(dialogs.create_uid, internal=True)[self.id]
            dialogs.filtered(lambda dialog: dialog.create_uid not in known).unlink()  # noqa: B023
