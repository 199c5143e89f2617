from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL


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
        """Number new cases, with one draw of numbers per company.

        :param list vals_list: values of the new cases, each with its company;
            changed in place
        """
        by_company = {}
        for vals in vals_list:
            by_company.setdefault(vals["company_id"], []).append(vals)
        for company_id, group in by_company.items():
            company = self.env["res.company"].browse(company_id)
            for field, code in (
                ("name", "atencion.case"),
                ("sheet_number", "atencion.case.sheet"),
            ):
                unnumbered = [vals for vals in group if not vals.get(field)]
                numbers = self._draw_numbers(company, code, len(unnumbered))
                for vals, number in zip(unnumbered, numbers, strict=True):
                    vals[field] = number

    def _draw_numbers(self, company, code, count):
        """Draw the next numbers of a company's sequence.

        :raise UserError: the company has no such sequence
        """
        # sudo: agents have no rights on sequences.
        sequence = (
            self.env["ir.sequence"]
            .sudo()
            .with_context(tz=company._zone().key)
            .search([("code", "=", code), ("company_id", "=", company.id)], limit=1)
        )
        if not sequence:
            raise UserError(
                self.env._(
                    "Company %(company)s has no sequence with code %(code)s. Ask an "
                    "administrator to create it in Settings, Technical, Sequences.",
                    company=company.name,
                    code=code,
                )
            )
        if sequence.implementation != "standard" or sequence.use_date_range:
            return [sequence.next_by_id() for _number in range(count)]
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{sequence.id:03d}",
                count,
            )
        )
        return [sequence.get_next_char(number) for (number,) in rows]
