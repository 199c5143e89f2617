from odoo import api, models
from odoo.tools import SQL

from ..base.server_context import server_value


class MailAliasDomain(models.Model):
    """Finds addresses of this system with one statement, where Odoo takes up to four.

    Each message names its domain: workers keep them.
    """

    _name = "mail.alias.domain"
    _inherit = ["mail.alias.domain", "atencion.shown.setting"]

    def _find_aliases(self, email_list):
        if server_value(self.env, "atencion_received_mail"):
            return self._atencion_aliases_among([one for one in email_list if one and "@" in one])
        return super()._find_aliases(email_list)

    @api.model
    def _atencion_aliases_among(self, emails):
        """What ``_find_aliases`` finds: those of some addresses to which mail returns.

        :param list emails: normalized
        :rtype: list[str]
        """
        parameters = self.env["ir.config_parameter"].sudo()
        if not emails or parameters.get_param("mail.catchall.domain.allowed"):
            # Not by ``self``: the method above would come back here.
            return super()._find_aliases(emails)  # pylint: disable=super-method-mismatch
        aliases = ("alias_full_name", "alias_incoming_local", "alias_name")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT asked.email FROM unnest(%(emails)s) asked(email)
                WHERE EXISTS (
                    SELECT 1 FROM mail_alias
                    WHERE alias_full_name = asked.email AND alias_incoming_local IS NOT TRUE)
                OR EXISTS (
                    SELECT 1 FROM mail_alias
                    WHERE alias_name = split_part(asked.email, '@', 1) AND alias_incoming_local)
                OR %(of_domain)s
                """,
                emails=emails,
                of_domain=self._atencion_own_sql(SQL("asked.email")),
                to_flush=(self.env["mail.alias"]._fields[name] for name in aliases),
            )
        )
        return [email for (email,) in rows]

    @api.model
    def _atencion_own_sql(self, address):
        """Whether an address is the catchall, the bounce or the sender address of a domain.

        :param address: a text, or the SQL of one
        """
        names = ("bounce_alias", "catchall_alias", "default_from", "name")
        return SQL(
            """
            EXISTS (
                SELECT 1 FROM mail_alias_domain
                WHERE %(address)s IN (
                    catchall_alias || '@' || name, bounce_alias || '@' || name,
                    default_from, default_from || '@' || name))
            """,
            address=address,
            to_flush=(self._fields[name] for name in names),
        )
