from odoo import api, models
from odoo.tools.mail import email_normalize_all

from ...tools.mail_subject import numbers_in
from ...tools.record_number import key


class AtencionCaseMailNumber(models.Model):
    """Finds cases by the numbers that people write into a subject."""

    _inherit = "atencion.case"

    @api.model
    def _numbered_cases(self, mail, company):
        """The cases whose numbers are in the subject of a mail.

        :param PersonMail mail: the mail
        :param company: to which it was sent
        :return: the case, if there is one number, and a case of the company has it; and all
            cases, if there are several, or one of another company only
        """
        by_number = {}
        for case in self._cases_numbered(
            numbers_in(mail.raw_subject, self._number_formats_of(mail))
        ):
            by_number.setdefault(key(case.name), self.browse())
            by_number[key(case.name)] |= case
        own = [
            cases.filtered(lambda one: one.company_id == company) or cases
            for cases in by_number.values()
        ]
        found = self.browse().union(*own)
        if len(own) == 1 and len(found) == 1 and found.company_id == company:
            return found, self.browse()
        return self.browse(), found

    @api.model
    def _cases_numbered(self, numbers):
        """The cases of all companies that have some numbers, archived ones, too."""
        if not numbers:
            return self.browse()
        written = {form for number in numbers for form in (number, number.upper())}
        # sudo: the gateway finds cases for everybody.
        cases = self.sudo().with_context(active_test=False)
        # The index of numbers begins with the company.
        companies = self.env["res.company"].sudo()._search([])
        return cases.search([("company_id", "in", companies), ("name", "in", sorted(written))])

    @api.model
    def _number_formats_of(self, mail):
        """How the companies number their cases: read once for a mail, if its subject has digits.

        :param PersonMail mail: the mail
        """
        if mail.formats is None:
            has_digits = any(character.isdigit() for character in mail.raw_subject)
            register = self.env["atencion.incoming.mail"]
            mail.formats = register._number_formats() if has_digits else ()
        return mail.formats

    @api.model
    def _route_by_number(self, subject, recipients):
        """The case of a mail that was sent to catchall addresses only, by its subject.

        Odoo would answer such a mail with a refusal.

        :param str subject: decoded
        :param str recipients: the addresses of To, Cc and Delivered-To, separated by commas
        :return: the ``atencion.case``; empty if there is another recipient, or not exactly one
            number
        """
        addressed = set(email_normalize_all(recipients or ""))
        if not addressed:
            return self.browse()
        # sudo: the gateway reads addresses and numbers for everybody.
        domains = self.env["mail.alias.domain"].sudo().search([])
        if not addressed <= set(domains.mapped("catchall_email")):
            return self.browse()
        asked = domains.filtered(lambda one: one.catchall_email in addressed)
        formats = self.env["atencion.incoming.mail"]._number_formats()
        found = self._cases_numbered(numbers_in(subject or "", formats))
        if len(found) > 1:
            found = found.filtered(lambda case: case.company_id.alias_domain_id in asked)
        return found if len(found) == 1 else self.browse()
