from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import number_prefix
from .ir_sequence import NUMBERING

CASE, SHEET = NUMBERING
FIELDS = {"atencion_case_prefix": CASE, "atencion_sheet_prefix": SHEET}
# What the numbers of sheets begin with, alone in the first company.
OF_SHEETS = "PL"
NAMES = {CASE: "Case number", SHEET: "Requirement sheet number"}
PADDING = 5


class ResCompany(models.Model):
    """The numbers of a company's cases: each company has a prefix of its own.

    They are those of Odoo's sequences. What was numbered keeps its number.
    """

    _inherit = "res.company"

    atencion_case_prefix = fields.Char(
        "Prefix of cases",
        compute="_compute_atencion_prefixes",
        inverse="_inverse_atencion_case_prefix",
        help="Two letters or more, before the year: LH-2026-00001.",
    )
    atencion_sheet_prefix = fields.Char(
        "Prefix of requirement sheets",
        compute="_compute_atencion_prefixes",
        inverse="_inverse_atencion_sheet_prefix",
        help="Two letters or more, before the year: PL-LH-2026-00001.",
    )

    def _compute_atencion_prefixes(self):
        found = self._numbering_sequences()
        for company in self:
            for name, code in FIELDS.items():
                sequence = found.get((company.id, code))
                company[name] = sequence and number_prefix.of_pattern(sequence.prefix)

    def _inverse_atencion_case_prefix(self):
        self._set_prefixes("atencion_case_prefix")

    def _inverse_atencion_sheet_prefix(self):
        self._set_prefixes("atencion_sheet_prefix")

    def _set_prefixes(self, name):
        """Let new numbers begin as the field says, and record who changed it."""
        every = {company: company[name] for company in self}
        self._create_case_sequences()
        found = self._numbering_sequences()
        for company, typed in every.items():
            sequence = found[company.id, FIELDS[name]]
            before = number_prefix.of_pattern(sequence.prefix)
            prefix = number_prefix.cleaned(typed)
            if before in (typed, prefix):
                continue
            if not number_prefix.is_valid(prefix):
                raise ValidationError(
                    self.env._(
                        "Numbers cannot begin with “%(prefix)s”. Write two to %(most)s letters "
                        "from A to Z; digits and hyphens may follow the first two.",
                        prefix=prefix,
                        most=number_prefix.MAX_LENGTH,
                    )
                )
            sequence.prefix = number_prefix.to_pattern(prefix)
            self.env["atencion.setting.change"]._record(
                {(company, name): before}, {(company, name): prefix}
            )
        self.invalidate_recordset(list(FIELDS))

    def _number_example(self, name, typed):
        """The next number of the company, as it is with a prefix; empty for a wrong one.

        :param str name: of the field with the prefix
        :rtype: str
        """
        sequence = self._numbering_sequences().get((self.id, FIELDS[name]))
        if not sequence:
            return ""
        number = sequence.number_next_actual
        if typed == number_prefix.of_pattern(sequence.prefix):
            return sequence.get_next_char(number)
        prefix = number_prefix.cleaned(typed)
        if not number_prefix.is_valid(prefix):
            return ""
        pattern = number_prefix.to_pattern(prefix) % {"year": self._today().year}
        return f"{pattern}{number:0{sequence.padding}}"

    def _companies_with_prefix(self, name):
        """The other companies whose numbers begin alike.

        :param str name: of the field with the prefix
        """
        # sudo: companies are named, not shown.
        others = self.sudo().with_context(active_test=False).search([("id", "!=", self.id)])
        return others.filtered(lambda one: self[name] and one[name] == self[name])

    def _numbering_sequences(self):
        """The sequences of cases and sheets, by the id of their company and their code."""
        # sudo: what numbers begin with is on every case.
        sequences = self.env["ir.sequence"].sudo()
        found = sequences.search([("code", "in", NUMBERING), ("company_id", "in", self.ids)])
        return {(one.company_id.id, one.code): one for one in reversed(found)}

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._create_case_sequences()
        return companies

    @api.model
    def _create_missing_case_sequences(self):
        """Create the sequences of companies that existed before the addon was installed."""
        self.with_context(active_test=False).search([], order="id")._create_case_sequences()

    def _create_case_sequences(self):
        """Create the sequences that companies lack; the first one of all counts “AC”."""
        # sudo: who creates companies may have no rights on sequences.
        sequences = self.env["ir.sequence"].sudo()
        every = sequences.search([("code", "in", NUMBERING)])
        taken = {number_prefix.of_pattern(look[0]) for look in every._looks()}
        there = {(one.company_id.id, one.code) for one in every}
        for company in self:
            is_first = not taken
            code = number_prefix.DEFAULT
            if not is_first:
                code = number_prefix.proposed(company.name, taken, f"{OF_SHEETS}-")
            prefixes = {CASE: code, SHEET: OF_SHEETS if is_first else f"{OF_SHEETS}-{code}"}
            missing = [one for one in NUMBERING if (company.id, one) not in there]
            sequences.create(
                [
                    {
                        "code": one,
                        "prefix": number_prefix.to_pattern(prefixes[one]),
                        "name": f"{NAMES[one]} ({company.name})",
                        "padding": PADDING,
                        "company_id": company.id,
                    }
                    for one in missing
                ]
            )
            taken |= {prefixes[one] for one in missing}
