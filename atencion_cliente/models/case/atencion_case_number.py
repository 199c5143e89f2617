from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

# The code of the sequence from which a field takes its numbers.
SEQUENCES = {"name": "atencion.case", "sheet_number": "atencion.case.sheet"}


class AtencionCaseNumber(models.Model):
    """The numbers of a case, its own and that of its requirement sheet (pliego), and its label."""

    _inherit = "atencion.case"

    name = fields.Char("Case number", readonly=True, copy=False, index="trigram", default="")
    sheet_number = fields.Char("Sheet number", readonly=True, copy=False, index="trigram")
    external_ref = fields.Char(
        "Previous number",
        copy=False,
        tracking=True,
        index="trigram",
        help="The number of the case in the system that it was imported from.",
    )
    origin_id = fields.Many2one(
        "atencion.case",
        string="Made from",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"name", "sheet_number"}

    @api.depends("name", "subject")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        for case in self:
            case.display_name = case._full_label()
        self._shorten_private_labels()

    def _full_label(self):
        """Number and subject, for readers of the case."""
        return " · ".join(filter(None, [self.name, self.subject])) or self.env._("New case")

    def _restricted_label(self):
        return self.name or super()._restricted_label()

    @api.constrains("origin_id")
    def _check_origin(self):
        """A case is not made from itself, nor from one that was made from it."""
        if self._has_cycle("origin_id"):
            # sudo: the message names a case that the user may not read by its number.
            case = self.sudo().filtered("origin_id")[0]
            raise ValidationError(
                self.env._(
                    "Case %(case)s cannot be made from case %(origin)s, which is the same case or "
                    "was made from it. Choose an earlier case, or leave “Made from” empty.",
                    case=case.name,
                    origin=case.origin_id.name,
                )
            )

    @api.model
    def _prepare_create(self, vals_list, carried):
        prepared = super()._prepare_create(vals_list, carried)
        self._number_values(prepared)
        return prepared

    def _number_values(self, vals_list):
        """Number new cases and their sheets, with one draw of numbers per company.

        :param list vals_list: values of the new cases, each with its company;
            changed in place
        """
        by_company = {}
        for vals in vals_list:
            by_company.setdefault(vals["company_id"], []).append(vals)
        for company_id, group in by_company.items():
            company = self.env["res.company"].browse(company_id)
            unnumbered = {
                field: [vals for vals in group if not vals.get(field)] for field in SEQUENCES
            }
            drawn = self._draw_numbers(
                company, {code: len(unnumbered[field]) for field, code in SEQUENCES.items()}
            )
            for field, code in SEQUENCES.items():
                for vals, number in zip(unnumbered[field], drawn[code], strict=True):
                    vals[field] = number

    def _draw_numbers(self, company, counts):
        """Draw the next numbers of a company's sequences.

        :param dict counts: how many numbers, by the code of the sequence
        :return: lists of numbers, by the code of the sequence
        :raise UserError: the company has no such sequence
        """
        # sudo: agents have no rights on sequences.
        every = self.env["ir.sequence"].sudo().with_context(tz=company._zone().key)
        numbering = every._numbering_of(company)
        sequences = {code: numbering[code] for code in counts if code in numbering}
        for code in counts.keys() - sequences.keys():
            raise UserError(
                self.env._(
                    "Company %(company)s has no sequence with code %(code)s. Ask an "
                    "administrator to create it in Settings, Technical, Sequences.",
                    company=company.name,
                    code=code,
                )
            )
        drawn = self._draw_from_standard(
            {
                sequence: counts[code]
                for code, sequence in sequences.items()
                if sequence.implementation == "standard" and not sequence.use_date_range
            }
        )
        return {
            code: drawn[sequence]
            if sequence in drawn
            else [sequence.next_by_id() for _number in range(counts[code])]
            for code, sequence in sequences.items()
        }

    @api.model
    def _draw_from_standard(self, counts):
        """Draw numbers of sequences that PostgreSQL counts, with one statement.

        :param dict counts: how many numbers, by ``ir.sequence``
        :return: lists of numbers, by ``ir.sequence``
        """
        drawn = {sequence: [] for sequence in counts}
        draws = [
            SQL(
                "SELECT %s, nextval(%s) FROM generate_series(1, %s)",
                sequence.id,
                f"ir_sequence_{sequence.id:03d}",
                count,
            )
            for sequence, count in counts.items()
            if count
        ]
        by_id = {sequence.id: sequence for sequence in counts}
        if draws:
            for sequence_id, number in self.env.execute_query(SQL(" UNION ALL ").join(draws)):
                sequence = by_id[sequence_id]
                drawn[sequence].append(sequence.get_next_char(number))
        return drawn
