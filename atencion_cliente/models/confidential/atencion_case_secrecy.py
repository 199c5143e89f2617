from odoo import fields, models

# Records that a dialog left: what it showed of a case stays in them for its user.
DIALOGS = {
    "atencion.case.stage.change": "case_ids",
    "atencion.document.generate": "case_id",
    "atencion.requester.registration": "case_id",
}


class AtencionCaseSecrecy(models.Model):
    """What follows when people may no longer know of a case.

    They follow it no more, their to-dos go to others, its events are private and without
    them, what waits to be sent to them is not sent, and links to it open nothing.
    """

    _inherit = "atencion.case"

    def _keep_secret(self):
        """Take confidential cases from everybody who may not know of them."""
        # sudo: whoever hides a case has no right on what others have of it.
        for case in self.sudo():
            told = [
                case._drop_followers(),
                case._hand_over_activities(),
                case.env["calendar.event"]._of_case(case)._keep_secret(case),
            ]
            case._stop_messages()
            case._drop_links()
            case._drop_dialogs()
            lines = [line for line in told if line]
            if lines:
                case._message_log(body=" ".join(lines))

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

    def _heir(self):
        """Who takes the to-dos of those who may not know: the legal adviser, else who
        registered the case, else its assignee; nobody, if none of them may know."""
        self.ensure_one()
        for user in (self.legal_user_id, self.create_uid, self.user_id):
            if user and self._may_know(user, internal=True):
                return user
        return self.env["res.users"]

    def _hand_over_activities(self):
        """Give the open activities of who may not know of the case to who may."""
        activities = self.all_activity_ids.filtered(lambda act: act.active and act.user_id)
        known = self._who_may_know(activities.user_id, internal=True)[self.id]
        given = activities.filtered(lambda activity: activity.user_id not in known)
        if not given:
            return ""
        names = {
            "people": ", ".join(given.user_id.mapped("name")),
            "heir": self._heir().name or self.env._("nobody"),
        }
        given.with_context(mail_activity_quick_update=True).write({"user_id": self._heir().id})
        return self.env._("The activities of %(people)s go to %(heir)s.", **names)

    # -------------------------------------------------------------------------
    # What was sent, and what waits to be
    # -------------------------------------------------------------------------

    def _stop_messages(self):
        """Send nothing more of what waits, and empty the inboxes."""
        mails = self.env["mail.mail"].search(
            [
                ("model", "=", self._name),
                ("res_id", "in", self.ids),
                ("state", "in", ("outgoing", "exception")),
            ]
        )
        for mail in mails:
            reached = self._may_be_written_to(mail.recipient_ids, mail.is_internal)
            if mail.recipient_ids - reached:
                self._take_from_mail(mail, reached)
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
        """Let no link that was given to somebody open the case or its files any more.

        Requester and holder get a new one with the next mail.
        """
        if self.access_token:
            self._write_checked({"access_token": False})
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
        """Delete what dialogs of people who may not know keep of the case."""
        for model, name in DIALOGS.items():
            dialogs = self.env[model].search([(name, "in", self.ids)])
            known = self._who_may_know(dialogs.create_uid, internal=True)[self.id]
            dialogs.filtered(lambda dialog: dialog.create_uid not in known).unlink()  # noqa: B023
