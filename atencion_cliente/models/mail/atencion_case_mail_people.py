from odoo import api, models
from odoo.tools.mail import email_normalize_all


class AtencionCaseMailPeople(models.Model):
    """Finds who the sender of a mail is: a party of a case, a colleague, a contact, or nobody."""

    _inherit = "atencion.case"

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

    def _may_any_know(self, users):
        """Whether one of the users may know of the case."""
        known = self._who_may_know(users, internal=True)[self.id]
        return any(self.company_id in user.company_ids for user in known)

    def _may_follow_by_mail(self, user):
        """Whether a user becomes a follower by answering by mail, as in Odoo.

        Followers see the case, so only users who see it already may become one.
        """
        companies = user.company_ids.ids
        case = self.with_user(user).with_context(allowed_company_ids=companies)
        return bool(user) and case.has_access("read")

    def _party_at(self, address, people):
        """Whether an address is of a party of the case, and the partner with that address.

        Parties are the people who answer the case in the portal (including contacts of a
        company that holds it, and representatives), the typed address of the requester,
        followers, and people whom an agent accepted. Of a confidential case they are only
        requester and holder.

        :param str address: normalized
        :param people: the partners with it as their first address
        """
        nobody = people.browse()
        if not address:
            return False, nobody
        # What costs most is asked last.
        for parties in self._mail_parties():
            found = parties.filtered(lambda one: address in email_normalize_all(one.email or ""))
            if not (found or self.is_confidential):
                found = people.filtered(
                    lambda one, parties=parties: one.commercial_partner_id in parties
                )
            if found:
                return True, found[:1]
        typed = email_normalize_all((self.requester_email or "").replace(";", ","))
        return address in typed or address in self._accepted_addresses(), nobody

    def _is_case_of(self, addresses):
        """Whether all of some addresses are of parties of the case; not without any."""
        return bool(addresses) and all(
            self._party_at(address, self._people_at(address))[0] for address in addresses
        )

    def _open_successor(self, mail, people):
        """The open case that continues this closed one for the sender of a mail; may be empty.

        :param people: the partners with the address of the sender
        """
        if not self:
            return self
        domain = [("origin_id", "=", self.id), ("closed_at", "=", False)]
        open_ones = self.search(domain, order="id desc")
        return open_ones.filtered(lambda case: case._party_at(mail.address, people)[0])[:1]

    def _mail_parties(self):
        """Partners who are parties of the case, some at a time: first requester and holder."""
        yield self.requester_id | self.partner_id
        if not self.is_confidential:
            yield self._coholders()
            yield self._representatives()
            yield self.message_partner_ids.filtered("partner_share")

    def _coholders(self):
        """The partners who hold the contract today, and held it on the day of the request."""
        lines, day = self.contract_id.holder_ids, self.request_date
        then = lines.filtered(
            lambda line: (
                (not line.date_from or line.date_from <= day)
                and (not line.date_to or day <= line.date_to)
            )
        )
        return lines.filtered("is_current").partner_id & then.partner_id

    def _accepted_addresses(self):
        if self.is_confidential:
            return []
        return self.writer_ids.filtered(lambda one: one.state == "accepted").mapped("email")
