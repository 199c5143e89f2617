from odoo import api, models
from odoo.exceptions import MissingError
from odoo.tools import SQL

from ...tools.evidence import is_ours

CASE = "atencion.case"
EVENT = "calendar.event"


class MailMessage(models.Model):
    """Messages of confidential cases, and of their events, are for people who may know.

    Odoo lets users read what they wrote or were once notified of. Here a former follower or
    assignee who may not know of the case reads none of it.
    """

    _name = "mail.message"
    _inherit = ["atencion.kept", "mail.message"]

    @api.model
    def _readable_sql(self, model, alias, query):
        """The SQL condition that a message is of no case that is hidden from the user."""
        public = SQL(
            """%(internal)s IS NOT TRUE AND EXISTS (
                SELECT FROM mail_message_subtype subtype
                WHERE subtype.id = %(subtype)s AND subtype.internal IS NOT TRUE)""",
            internal=SQL.identifier(alias, "is_internal"),
            subtype=SQL.identifier(alias, "subtype_id"),
        )
        return self._readable_thread_sql(alias, "model", public)

    def _hidden_records(self, operation):
        hidden = self._hidden_from_user()
        return hidden if self.env.user._is_internal() else hidden | self._internal_of_ours()

    def _internal_of_ours(self):
        """Those of the messages that customers do not find: whatever kind they are of.

        Odoo hides them in searches, and of what is read by its id the comments only.
        """
        internal = self.sudo().filtered(
            lambda one: (
                is_ours(one.model)
                and (one.is_internal or not one.subtype_id or one.subtype_id.internal)
            )
        )
        return internal.sudo(False)

    def _hidden_error(self, operation):
        return self._make_access_error(operation)

    def _hidden_from_user(self):
        """Those of the messages whose case is hidden from the user."""
        try:
            named = self.sudo().filtered(lambda message: message.model in (CASE, EVENT))
        except MissingError:
            return self.exists()._hidden_from_user()
        if not named:
            return self.browse()
        case_ids = self._case_ids_of(named)
        notes = named.filtered(
            lambda one: (
                one.model == CASE
                and (one.is_internal or not one.subtype_id or one.subtype_id.internal)
            )
        )
        found = named.browse()
        for messages, internal in ((notes, True), (named - notes, False)):
            ids = {case_ids[one] for one in messages if one in case_ids}
            hidden = set(self.env[CASE]._hidden_from_user(ids, internal).ids)
            found |= messages.filtered(lambda one, hidden=hidden: case_ids.get(one) in hidden)
        return found.sudo(False)

    @api.model
    def _case_ids_of(self, messages):
        """The case id of each message that is of a case, or of an event of one."""
        of_events = messages.filtered(lambda message: message.model == EVENT)
        found = {message: message.res_id for message in messages - of_events}
        if of_events:
            events = self.env[EVENT].sudo().with_context(active_test=False)
            domain = [("id", "in", of_events.mapped("res_id")), ("res_model", "=", CASE)]
            cases = {event.id: event.res_id for event in events.search_fetch(domain, ["res_id"])}
            found |= {one: cases[one.res_id] for one in of_events if one.res_id in cases}
        return found

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Hide the label: many2one fields show it with a record, such as a notification."""
        super()._compute_display_name()
        # Without sudo: Odoo computes labels as the superuser.
        for message in self.sudo(False)._hidden_from_user().with_env(self.env):
            message.display_name = self.env._("Message of a confidential case")
