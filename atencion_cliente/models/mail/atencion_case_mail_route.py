from odoo import SUPERUSER_ID, api, models
from odoo.fields import Domain

from ...tools.mail_route import Area, Target, by_company
from ..base.server_context import server_value
from .person_mail import PersonMail

CASE = "atencion.case"


class AtencionCaseMailRoute(models.Model):
    """Finds the cases and areas that a mail of a person may go to, and routes it there."""

    _inherit = CASE

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
        if parent and parent.model != CASE:
            return []
        if received.answered_ids:
            # Of several, Odoo would take the one with the newest message.
            return [(CASE, received.answered_ids[0], None, *nobody)]
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
        if mail.is_of_stranger:
            people -= self._internal_users_of(people, self.browse()).partner_id
        self._reset_bounces(message, values, mail.address, people)
        decided = []
        for case, areas in self._mail_places(routes, mail.repeated_case_id):
            company = case.company_id or areas[:1].company_id or self.env.company
            arrival = self._arrival_at(mail, people, case, areas, company)
            if successor := arrival.origin._open_successor(mail, people):
                case = successor
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
            case = self._speaking(arrival.company)
            mail.received.detail = case.env._("The sender is not verified.")

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
