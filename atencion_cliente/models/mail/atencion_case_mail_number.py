from odoo import api, models
from odoo.tools.mail import email_normalize_all

from ...tools.mail_subject import NumberFormat, numbers_in
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
        for case in self._cases_named_in(mail.raw_subject):
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
    def _cases_named_in(self, subject):
        """The cases of all companies whose numbers are in a subject, archived ones, too."""
        # Most subjects have no number: the sequences of the companies are not asked for.
        if not any(character.isdigit() for character in subject):
            return self.browse()
        sequences = self.env["ir.sequence"].sudo().search_fetch([("code", "=", self._name)])
        formats = tuple(
            NumberFormat(one.prefix or "", one.suffix or "", one.padding) for one in sequences
        )
        numbers = numbers_in(subject, formats)
        if not numbers:
            return self.browse()
        written = {form for number in numbers for form in (number, number.upper())}
        return (
            self.sudo()
            .with_context(active_test=False)
            .search(
                [
                    # The index of numbers begins with the company.
                    ("company_id", "in", sequences.company_id.ids),
                    ("name", "in", sorted(written)),
                ]
            )
        )

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
        if not addressed or not any(character.isdigit() for character in subject or ""):
            return self.browse()
        # sudo: the gateway reads addresses and numbers for everybody.
        domains = self.env["mail.alias.domain"].sudo().search([])
        if not addressed <= set(domains.mapped("catchall_email")):
            return self.browse()
        asked = domains.filtered(lambda one: one.catchall_email in addressed)
        found = self._cases_named_in(subject)
        if len(found) > 1:
            found = found.filtered(lambda case: case.company_id.alias_domain_id in asked)
        return found if len(found) == 1 else self.browse()
