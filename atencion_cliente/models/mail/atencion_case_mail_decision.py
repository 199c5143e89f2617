from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.addresses import NUMBERS, TAG, without_numbers, without_tag
from ...tools.incoming_mail import Parent
from ...tools.mail_kind import is_unanswered
from ...tools.mail_route import KnownCase, Mail, Rule, Target, route
from .arrival import Arrival

# Minutes in which nobody gets a second acknowledgement.
ACKNOWLEDGED_ONCE_IN = 30
# A program may answer each acknowledgement from a new address. Nobody gets one to whose address so
# many others are alike, but for numbers, that got one in so many hours.
ALIKE, ALIKE_IN = 3, 24
MAILBOX = f"regexp_replace(lower(requester_email), '{TAG}', '@')"


class AtencionCaseMailDecision(models.Model):
    """Decides where a mail of a person goes, by ``tools.mail_route``.

    Here is found out what decides: who the sender is to the case, the numbers in the subject,
    and whether the case is closed.
    """

    _inherit = "atencion.case"

    acknowledged_at = fields.Datetime(
        "Number told on",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="When the sender of its mail was told its number.",
    )

    # With the hour: a provider's customers may have addresses that are all alike but for a number.
    _requester_email_index = models.Index(
        f"(regexp_replace({MAILBOX}, '{NUMBERS}', '', 'g'), acknowledged_at)"
        " WHERE acknowledged_at IS NOT NULL"
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"acknowledged_at"}

    # -------------------------------------------------------------------------
    # Decision
    # -------------------------------------------------------------------------

    @api.model
    def _arrival_at(self, mail, people, case, areas, company):
        """What is decided about a mail in one place.

        :param people: the partners with the address of the sender
        :param case: the ``atencion.case`` whose message it answers, or that it repeats; empty
            for a new one
        :param areas: those to whose addresses it was sent, of one company
        :rtype: Arrival
        """
        users = self._internal_users_of(people, case)
        parent = case._mail_parent(mail.values)
        named, others = (case, case) if case else self._numbered_cases(mail, company)
        facts, partner = self._facts_of(mail, people, users, case, named, parent)
        if not case:
            is_forwarded = bool(users) and self._is_forwarded(mail)
            by_program = is_forwarded and is_unanswered(mail.forwarded.address)
            facts = replace(
                facts,
                has_other_numbers=bool(others),
                is_forwarded=is_forwarded,
                is_quiet=facts.is_quiet or by_program,
            )
        decision = self._acknowledged_once(mail, facts)
        nothing, is_new = self.browse(), not case
        return Arrival(
            mail=mail,
            decision=decision,
            users=users,
            author=self._author_of(decision, people, users, partner, company),
            parent=parent,
            areas=areas,
            origin=nothing if decision.continues is Target.NONE else named,
            related=self._related_of(decision, mail, named | others, people, users)
            if is_new
            else nothing,
            company=company,
        )

    @api.model
    def _is_forwarded(self, mail):
        """Whether a mail forwards what somebody wrote to us, and not a mail of ours."""
        if not mail.forwarded:
            return False
        own = self.env["atencion.incoming.mail"]._own_sql(mail.forwarded.address)
        [[is_own]] = self.env.execute_query(SQL("SELECT %s", own))
        return not is_own

    @api.model
    def _facts_of(self, mail, people, users, case, named, parent):
        """What the rule asks of a mail, and the partner who its sender is to a case.

        :param named: the ``atencion.case`` that it answers or whose number it has; may be empty
        :rtype: tuple[Mail, res.partner]
        """
        facts = Mail(
            parent=case._as_parent(parent) if case else Parent(),
            is_internal=bool(users),
            is_forged=mail.is_forged,
            is_quiet=mail.is_quiet,
        )
        if not named:
            return facts, people.browse()
        known, partner = named._as_known(mail, people, users)
        if case:
            part = "repeated" if case.id == mail.repeated_case_id else "answered"
        else:
            part = "numbered"
        facts = replace(facts, **{part: known})
        if known.is_done and known.is_party:
            facts = replace(
                facts, is_only_thanks=mail.is_only_thanks, has_files=bool(mail.documents)
            )
        return facts, partner

    @api.model
    def _acknowledged_once(self, mail, facts):
        """What is decided; nobody gets a second acknowledgement within half an hour."""
        decision = route(facts)
        if not decision.acknowledges:
            return decision
        address = mail.forwarded.address if facts.is_forwarded else mail.address
        lately = address and self.env.execute_query(self._acknowledged_lately(address))
        return route(replace(facts, is_acknowledged=True)) if lately else decision

    @api.model
    def _acknowledged_lately(self, address):
        """The SQL query of whether an address has just got an acknowledgement."""
        now = fields.Datetime.now()
        return SQL(
            """SELECT FROM (
                SELECT regexp_replace(lower(requester_email), %(tag)s, '@') AS mailbox,
                    max(acknowledged_at) AS told_at
                FROM atencion_case
                WHERE regexp_replace(
                        regexp_replace(lower(requester_email), %(tag)s, '@'), %(numbers)s, '', 'g'
                    ) = %(alike)s
                    AND acknowledged_at >= %(day)s
                GROUP BY mailbox) told
            HAVING bool_or(mailbox = %(own)s AND told_at >= %(lately)s)
                OR count(*) FILTER (WHERE mailbox != %(own)s) >= %(most)s""",
            tag=TAG,
            numbers=NUMBERS,
            alike=without_numbers(address),
            own=without_tag(address),
            day=now - timedelta(hours=ALIKE_IN),
            lately=now - timedelta(minutes=ACKNOWLEDGED_ONCE_IN),
            most=ALIKE,
            to_flush=[self._fields[name] for name in ("acknowledged_at", "requester_email")],
        )

    def _as_known(self, mail, people, users):
        """The case as the rule takes it, and the partner who its sender is to the case.

        :rtype: tuple[KnownCase, res.partner]
        """
        self.ensure_one()
        is_party, partner = self._party_at(mail.address, people)
        is_done = bool(self.closed_at) or not self.active
        known = KnownCase(
            is_party=is_party,
            is_third_party=not is_party and self._is_written_to(mail.address),
            may_know=not users or self._may_any_know(users),
            is_done=is_done,
        )
        if is_party and is_done and not users:
            known = replace(
                known,
                **self._reopening_facts(mail.own_words),
                has_successor=bool(self._successor_type()),
            )
        return known, partner

    def _reopening_facts(self, words):
        """What decides whether its customer reopens the closed case, as ``KnownCase`` takes it.

        :param str words: what the customer says
        :rtype: dict
        """
        self.ensure_one()
        return {
            "stays_closed": self._stays_closed(words),
            "policy": self.area_id.reopen_policy,
            "reopen_days": self.area_id.reopen_days,
            "days": self._days_closed(),
        }

    def _stays_closed(self, words):
        """Whether nothing that its customer says reopens the case."""
        if self.claim_filed_at or self.is_confidential or not self.active:
            return True
        return not self._reopening_stage(words)

    def _days_closed(self):
        if not self.closed_at:
            return 0
        company = self.company_id
        return (company._day_of(self._moment()) - company._day_of(self.closed_at)).days

    # -------------------------------------------------------------------------
    # Related cases
    # -------------------------------------------------------------------------

    @api.model
    def _related_of(self, decision, mail, found, people, users):
        """The cases whose numbers a mail names, if it makes a new one.

        Agents learn that a stranger names one. Of several, they are those that are the
        sender's.
        """
        if decision.target is not Target.NEW:
            return found
        if decision.continues is not Target.NONE:
            return self.browse()
        if decision.rule is Rule.FOREIGN_NUMBER:
            return found
        return found.filtered(
            lambda case: (
                case._may_any_know(users) if users else case._party_at(mail.address, people)[0]
            )
        )
