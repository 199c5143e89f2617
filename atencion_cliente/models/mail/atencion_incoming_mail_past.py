from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.addresses import TAG, without_tag
from .received_mail import Past

# Within this time, mails of one sender that say the same are one (R15).
REPETITION_MINUTES = 10
# Who has more open cases than this may write as much as they like (R16).
MANY_CASES = 5
ORDINARY = ("person", "quiet")
MAILBOX = SQL("regexp_replace(email_normalized, %s, '@')", TAG)


class AtencionIncomingMailPast(models.Model):
    """What was received before, of a mail or of its sender: repetitions and floods."""

    _inherit = "atencion.incoming.mail"

    @api.model
    def _past(self, values, settings):
        """What the register knows that concerns a new mail, found with one statement.

        :param dict values: of the row of the new mail
        :param MailSettings settings:
        :rtype: Past
        """
        [[row, namesake, filed, repeated, counts, own]] = self.env.execute_query(
            SQL(
                """
                SELECT
                    (SELECT jsonb_build_array(id, outcome) FROM atencion_incoming_mail
                        WHERE digest = %(digest)s),
                    (SELECT jsonb_build_array(email_normalized, content_digest)
                        FROM atencion_incoming_mail
                        WHERE message_id = %(message_id)s AND digest != %(digest)s
                            AND outcome != 'open'
                        ORDER BY id LIMIT 1),
                    EXISTS (SELECT 1 FROM mail_message WHERE message_id = %(message_id)s),
                    (SELECT case_id FROM atencion_incoming_mail
                        WHERE email_normalized = %(address)s AND create_date >= %(repeated)s
                            AND content_digest = %(content)s AND digest != %(digest)s
                            AND outcome = 'case' AND case_id IS NOT NULL
                        ORDER BY id DESC LIMIT 1),
                    (SELECT jsonb_build_array(
                            count(*), count(*) FILTER (WHERE outcome = 'case'),
                            count(*) FILTER (WHERE rule = 'R16'))
                        FROM atencion_incoming_mail
                        WHERE %(mailbox)s = %(bare)s AND create_date >= %(since)s
                            AND kind = ANY(%(ordinary)s) AND digest != %(digest)s),
                    %(own)s
                """,
                digest=values["digest"],
                message_id=values["message_id"] or None,
                content=values["content_digest"],
                address=values["email_normalized"] or None,
                mailbox=MAILBOX,
                bare=without_tag(values["email_normalized"] or "") or None,
                repeated=self._minutes_ago(REPETITION_MINUTES),
                since=self._minutes_ago(settings.window_minutes),
                ordinary=list(ORDINARY),
                own=self._own_sql(values["email_normalized"]),
                to_flush=[
                    *(self._fields[name] for name in ("digest", "outcome", "rule", "case_id")),
                    self.env["mail.message"]._fields["message_id"],
                ],
            )
        )
        row_id, outcome = row or (0, "")
        mails, cases, floods = counts
        return Past(
            row_id=row_id,
            row_outcome=outcome,
            namesake=namesake and (namesake[0] or "", namesake[1]),
            is_filed=filed,
            repeated_case_id=repeated or 0,
            mails=mails,
            cases=cases,
            floods=floods,
            is_own=own,
        )

    @api.model
    def _minutes_ago(self, minutes):
        return fields.Datetime.subtract(fields.Datetime.now(), minutes=minutes)

    @api.model
    def _own_sql(self, address):
        """Whether we write mail from an address: no person does."""
        if not address:
            return SQL("FALSE")
        return SQL(
            """
            %(is_alias)s
            OR EXISTS (
                SELECT 1 FROM res_company JOIN res_partner
                    ON res_partner.id = res_company.partner_id
                WHERE res_partner.email_normalized = %(address)s)
            OR EXISTS (
                SELECT 1 FROM ir_mail_server
                WHERE active AND %(address)s = ANY(
                    regexp_split_to_array(lower(trim(from_filter)), '\\s*,\\s*')))
            """,
            address=address,
            is_alias=self._alias_sql(address),
            to_flush=self.env["res.partner"]._fields["email_normalized"],
        )

    @api.model
    def _alias_sql(self, address):
        """Whether an address is an alias, or one of an alias domain.

        :param address: a text, or the SQL of one
        """
        return SQL(
            """
            (EXISTS (SELECT 1 FROM mail_alias WHERE alias_full_name = %(address)s)
            OR %(of_domain)s)
            """,
            address=address,
            of_domain=self.env["mail.alias.domain"]._atencion_own_sql(address),
            to_flush=self.env["mail.alias"]._fields["alias_full_name"],
        )

    # -------------------------------------------------------------------------
    # Floods (R16)
    # -------------------------------------------------------------------------

    def _writes_too_much(self, arrived, received, past, settings):
        """Whether a sender wrote too many mails, and is none who may.

        Colleagues, forms and customers with many open cases may.
        """
        if past.mails < settings.mail_limit and past.cases < settings.case_limit:
            return False
        if past.mails < settings.mail_limit and arrived.named.answered:
            return False  # it makes no case
        return not (
            arrived.is_form
            or self._colleagues_at(received.sender_address)
            or (not past.floods and self._has_many_cases(received.sender_address, settings))
        )

    @api.model
    def _has_many_cases(self, address, settings):
        """Whether a sender has many open cases, without those that a flood may have made."""
        domain = [
            ("closed_at", "=", False),
            ("create_date", "<", self._minutes_ago(settings.window_minutes)),
            *("|", "|", ("requester_id.email_normalized", "=", address)),
            *(
                ("partner_id.email_normalized", "=", address),
                ("requester_email", "=ilike", address),
            ),
        ]
        found = self.env["atencion.case"].search_count(domain, limit=MANY_CASES + 1)
        return found > MANY_CASES

    def _tell_manager(self, past):
        """Leave one to-do for the manager of the area, at the first mail that is too many."""
        if past.floods:
            return
        manager = self.area_id.manager_id
        case = self.search(
            [("email_normalized", "=", self.email_normalized), ("case_id", "!=", False)], limit=1
        ).case_id
        companies = manager.company_ids.ids
        seen = case.with_user(manager).with_context(allowed_company_ids=companies)
        if not (manager and case and seen.has_access("read")):
            self._ask_administrator()
            return
        model = self._in_words()
        case.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=manager.id,
            summary=model.env._("%s writes too many mails", self.email_normalized),
            note=model.env._("Further mails of this hour are not filed, and not answered."),
        )
