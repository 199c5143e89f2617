from odoo import api, models
from odoo.exceptions import MissingError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.access import also_refused

CASE = "atencion.case"


class MailMessage(models.Model):
    """Messages of confidential cases are read by who may know of the case.

    Odoo lets everybody read what he wrote or was once notified of. Here a former follower
    or assignee reads none of it any more.
    """

    _inherit = "mail.message"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access:
            domain = Domain(domain) & Domain.custom(to_sql=self._readable_sql)
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    @api.model
    def _readable_sql(self, model, alias, query):
        """The condition that a message is of no case that is kept from the user."""
        public = SQL(
            """%(internal)s IS NOT TRUE AND EXISTS (
                SELECT FROM mail_message_subtype subtype
                WHERE subtype.id = %(subtype)s AND subtype.internal IS NOT TRUE)""",
            internal=SQL.identifier(alias, "is_internal"),
            subtype=SQL.identifier(alias, "subtype_id"),
        )
        case_id = SQL.identifier(alias, "res_id")
        return SQL(
            "(%(model)s IS DISTINCT FROM %(case)s OR NOT %(kept)s)",
            model=SQL.identifier(alias, "model"),
            case=CASE,
            kept=self.env[CASE]._kept_from_sql(case_id, public),
        )

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not self:
            return result
        kept = self._kept_from_user()
        return also_refused(result, kept, lambda: kept._make_access_error(operation))

    def _kept_from_user(self):
        """Those of the messages that are of cases of which the user may not know."""
        try:
            of_cases = self.sudo().filtered(lambda message: message.model == CASE)
        except MissingError:
            return self.exists()._kept_from_user()
        if not of_cases:
            return self.browse()
        is_public = of_cases.filtered(
            lambda message: (
                message.subtype_id and not (message.is_internal or message.subtype_id.internal)
            )
        )
        cases = self.env[CASE]
        kept = of_cases.browse()
        for messages, internal in ((is_public, False), (of_cases - is_public, True)):
            hidden = set(cases._kept_from_user(set(messages.mapped("res_id")), internal).ids)
            kept |= messages.filtered(lambda message, hidden=hidden: message.res_id in hidden)
        return kept.sudo(False)

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Many2one fields show it to whoever reads the record, as a notification."""
        super()._compute_display_name()
        # As of whoever looks: Odoo asks for labels as the superuser.
        for message in self.sudo(False)._kept_from_user():
            message.display_name = self.env._("Message of a confidential case")
