from dataclasses import replace
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.incoming_mail import Parent
from ...tools.mail_route import Area, KnownCase, Mail, Target, by_company, route
from ..base.server_context import server_value
from .arrival import Arrival
from .person_mail import PersonMail

CASE = "atencion.case"
# Minutes in which nobody gets a second acknowledgement.
ACKNOWLEDGED_ONCE_IN = 30


class AtencionCaseMailRoute(models.Model):
    """Decides where a mail of a person goes, by ``tools.mail_route``.

    Odoo finds the case that a mail answers, or the addresses of areas that it was sent to.
    Here is found out what else decides: who the sender is to the case, the numbers in the
    subject, and whether the case is closed.
    """

    _inherit = CASE

    acknowledged_at = fields.Datetime(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="When the sender of its mail was told its number.",
    )

    _requester_email_index = models.Index(
        "(lower(requester_email)) WHERE requester_email IS NOT NULL"
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"acknowledged_at"}

    # -------------------------------------------------------------------------
    # Routes
    # -------------------------------------------------------------------------

    @api.model
    def _routes_to_cases(self, values, received):
        """The routes of a mail for the service alone; empty if Odoo has to find them.

        Odoo would look through its aliases and people for each, and refuse a mail that is
        sent to a catchall address alone.

        :param dict values: of the message that Odoo makes of the mail
        :param ReceivedMail received: what the gateway of ours knows of it
        """
        parent = self.env["mail.message"].sudo().browse(values.get("parent_id") or ())
        nobody = (SUPERUSER_ID, self.env["mail.alias"])
        if parent or received.answered_ids:
            # Odoo chooses among several records.
            is_only = parent.model == CASE and received.answered_ids == {parent.res_id}
            return [(CASE, parent.res_id, None, *nobody)] if is_only else []
        area_ids = received.area_ids
        if not area_ids:
            case = self._route_by_number(values.get("subject"), values.get("recipients"))
            area_ids = case._area_of_new_mail().ids if case else ()
        return [(CASE, 0, {"area_id": area_id}, *nobody) for area_id in area_ids]

    @api.model
    def _mail_routes(self, message, values, routes):
        """The routes of a mail of a person, each with what was decided about it.

        :param message: the ``EmailMessage``
        :param dict values: of the message that Odoo makes of the mail
        :param list routes: those to cases that Odoo found
        :return: routes whose custom values are an ``Arrival``; none if the mail waits for a
            decision
        """
        mail = PersonMail(message, values, server_value(self.env, "atencion_received_mail"))
        people = self._people_at(mail.address)
        self._reset_bounces(message, values, mail.address, people)
        decided = []
        for case, areas in self._mail_places(routes, mail.repeated_case_id):
            company = case.company_id or areas[:1].company_id or self.env.company
            arrival = self._arrival_at(mail, people, case, areas, company)
            if arrival.decision.target is Target.NONE:
                self._hold_mail(mail, arrival)
            else:
                decided.append(self._route_of(arrival, case))
        return decided

    @api.model
    def _reset_bounces(self, message, values, address, people):
        """Forget that mails to the sender came back, as Odoo does; it asks all models anew."""
        counting = self.env.registry.descendants(["mail.thread.blacklist"], "_inherit")
        if counting - {"mail.thread.blacklist", "res.partner"}:
            self.env["mail.thread"]._routing_reset_bounce(message, values)
        else:
            bounced = people.filtered("message_bounce")
            if bounced:
                bounced._message_reset_bounce(address)

    @api.model
    def _mail_places(self, routes, repeated_id):
        """Where a mail goes by its routes: pairs of a case, and of the areas of a new case.

        :param int repeated_id: the case that the same mail made in its company a moment ago
        """
        places = [(self.browse(one[1]), self.env["atencion.area"]) for one in routes if one[1]]
        to_areas = [one for one in routes if not one[1]]
        if to_areas:
            areas = self._areas_of_routes(to_areas)
            found = [Area(area.id, area.company_id.id, area.sequence) for area in areas]
            repeated = self.browse(repeated_id).exists()
            for group in by_company(found):
                is_repeated = repeated.company_id.id == group[0].company_id
                case = repeated if is_repeated else self.browse()
                places.append((case, areas.browse([one.id for one in group])))
        return places

    @api.model
    def _areas_of_routes(self, routes):
        """The areas to whose addresses a mail was sent.

        Without any, by a mail server that makes cases of all its mails, it is the first area
        that takes mail.

        :raise ValueError: no area takes mail
        """
        areas = self.env["atencion.area"].sudo()
        aliases = [one[4].id for one in routes if one[4]]
        named = [one[2].get("area_id") for one in routes if isinstance(one[2], dict)]
        domain = Domain("alias_id", "in", aliases) | Domain("id", "in", list(filter(None, named)))
        found = areas.search_fetch(domain)
        if not found:
            takes = [("mail_type_id", "!=", False), ("company_id", "=", self.env.company.id)]
            found = areas.search(takes, limit=1)
        if not found:
            raise ValueError("No service area takes this mail.")
        return found

    def _route_of(self, arrival, case):
        """The route by which Odoo files a mail, with what was decided.

        It has no alias: Odoo would refuse the mail to its sender if anything fails.

        :param case: the one that Odoo found; empty for a new one
        """
        decision, user_id = arrival.decision, SUPERUSER_ID
        alias = self.env["mail.alias"]
        if decision.target is Target.NEW:
            registers = arrival.users[:1]
            if registers and self._registers(registers, arrival.company):
                user_id = registers.id
            return (CASE, 0, arrival, user_id, alias)
        target = arrival.related if decision.target is Target.NUMBERED else case
        return (CASE, target.id, arrival, user_id, alias)

    @api.model
    def _registers(self, user, company):
        """Whether a case that a user sends by mail is registered in their name."""
        return self._is_staff(user) and company in user.company_ids and not user._is_auditor()

    @api.model
    def _hold_mail(self, mail, arrival):
        if mail.received:
            mail.received.rule, mail.received.outcome = arrival.decision.rule.value, "held"

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
        parent = case._mail_parent(mail.values) if case else self.env["mail.message"].sudo()
        named, others = self._numbered_cases(mail, company) if not case else (case, case.browse())
        facts = Mail(
            parent=case._as_parent(parent) if case else Parent(),
            has_other_numbers=bool(others),
            is_internal=bool(users),
            is_forged=mail.is_forged,
            is_quiet=mail.is_quiet,
            is_repeated=bool(case) and case.id == mail.repeated_case_id,
        )
        referred, partner = named, people.browse()
        if referred:
            known, partner = referred._as_known(mail, people, users, parent)
            facts = replace(facts, **{"answered" if case else "numbered": known})
            if known.is_done and known.is_party:
                facts = replace(
                    facts,
                    is_only_thanks=mail.is_only_thanks,
                    has_files=bool(mail.documents),
                )
        if users and not case:
            facts = replace(facts, is_forwarded=mail.forwarded is not None)
        decision = self._acknowledged_once(mail, facts)
        is_origin = decision.continues is not Target.NONE
        return Arrival(
            mail=mail,
            decision=decision,
            users=users,
            author=self._author_of(decision, people, users, partner, company),
            parent=parent,
            areas=areas,
            origin=referred if is_origin else self.browse(),
            related=self._related_of(decision, named, others, people, users, mail.address)
            if not case
            else self.browse(),
            company=company,
        )

    @api.model
    def _acknowledged_once(self, mail, facts):
        """What is decided; nobody gets a second acknowledgement within half an hour."""
        decision = route(facts)
        if not decision.acknowledges:
            return decision
        address = mail.forwarded.address if facts.is_forwarded else mail.address
        since = fields.Datetime.now() - timedelta(minutes=ACKNOWLEDGED_ONCE_IN)
        query = SQL(
            """SELECT FROM atencion_case
            WHERE lower(requester_email) = %s AND acknowledged_at >= %s LIMIT 1""",
            address,
            since,
            to_flush=[self._fields[name] for name in ("acknowledged_at", "requester_email")],
        )
        lately = address and self.env.execute_query(query)
        return route(replace(facts, is_acknowledged=True)) if lately else decision

    def _as_known(self, mail, people, users, parent):
        """The case as the rule takes it, and the partner who its sender is to the case.

        :rtype: tuple[KnownCase, res.partner]
        """
        self.ensure_one()
        is_party, partner = self._party_at(mail.address, people)
        is_done = bool(self.closed_at) or not self.active
        known = KnownCase(
            is_party=is_party,
            may_know=not users or self._may_any_know(users),
            is_done=is_done,
        )
        if is_party and is_done and not users:
            area = self.area_id
            known = replace(
                known,
                stays_closed=self._stays_closed(mail),
                policy=area.reopen_policy,
                reopen_days=area.reopen_days,
                days=self._days_closed(),
                has_successor=bool(self._successor_type()),
            )
        return known, partner

    def _stays_closed(self, mail):
        """Whether no mail reopens the case."""
        if self.claim_filed_at or self.is_confidential or not self.active:
            return True
        return not self._reopening_stage(mail.own_words)

    def _days_closed(self):
        if not self.closed_at:
            return 0
        company = self.company_id
        return (company._day_of(self._moment()) - company._day_of(self.closed_at)).days

    # -------------------------------------------------------------------------
    # People
    # -------------------------------------------------------------------------

    @api.model
    def _people_at(self, address):
        """The partners with an address."""
        people = self.env["res.partner"].sudo()
        return people.search_fetch([("email_normalized", "=", address)]) if address else people

    @api.model
    def _internal_users_of(self, people, case):
        """The internal users among some partners, those who may know of the case first."""
        users = people.user_ids.filtered(lambda user: user.active and not user.share)
        return users.sorted(lambda user: not case._may_any_know(user)) if case else users

    @api.model
    def _author_of(self, decision, people, users, partner, company):
        """The partner who the sender of a mail is, as far as it is certain."""
        if users:
            return users[:1].partner_id
        if decision.filing.is_undecided and not partner:
            return people.browse()
        return partner or self._only_partner(people, company)

    @api.model
    def _only_partner(self, people, company):
        """The one partner of some who belongs to a company, or else to none; it may be empty."""
        for owner in (company, company.browse()):
            found = people.filtered(lambda one, owner=owner: one.company_id == owner)
            if found:
                return found if len(found) == 1 else people.browse()
        return people.browse()

    # -------------------------------------------------------------------------
    # Related cases
    # -------------------------------------------------------------------------

    @api.model
    def _related_of(self, decision, named, others, people, users, address):
        """The cases that a mail is related to, and that its agents shall look at.

        The number of a case that is not the sender's is told to nobody but agents.
        """
        if decision.target is not Target.NEW:
            return named
        if others:
            found = named | others
            return found.filtered(
                lambda case: (
                    case._may_any_know(users) if users else case._party_at(address, people)[0]
                )
            )
        return named if decision.continues is Target.NONE else self.browse()

    # -------------------------------------------------------------------------
    # Outcome
    # -------------------------------------------------------------------------

    def _report_outcome(self, arrival):
        """Say in what was received what became of it; the first of several cases counts."""
        received = arrival.mail.received
        if not received or received.case_id:
            return
        is_new = arrival.decision.target is Target.NEW
        received.rule = arrival.decision.rule.value
        received.outcome, received.case_id = "case" if is_new else "message", self.id
