from odoo import models
from odoo.exceptions import UserError

from ...report.unit_code_sheet import UnitLabel, unit_code_sheets
from ..base.public_method import public

CODES_URL = "/atencion_cliente/unit_codes.pdf"
# As many as a tower has, and as a request has the time for.
MAX_CODES = 2000


class AtencionUnitCodes(models.Model):
    """Sheets with the codes of units, which open the form without a login on a telephone."""

    _inherit = "atencion.unit"

    @public()
    def action_print_codes(self):
        """Download the codes of these units.

        :raise UserError: there are too many, or nobody could use one of them
        """
        self.check_access("read")
        self._check_printable()
        return {
            "type": "ir.actions.client",
            "tag": "atencion_print_unit_codes",
            "params": {"ids": self.ids},
        }

    def _code_sheets(self):
        """A PDF with the codes of these units, in the order of their list.

        :raise UserError: there are too many, or nobody could use one of them
        :rtype: bytes
        """
        self._check_printable()
        units = self.sorted()
        how = self.env._("Scan the code and tell us what happens.")
        return unit_code_sheets(
            [
                UnitLabel(
                    project=unit.project_id.name,
                    code=unit.code,
                    name=unit.name,
                    company=company.name,
                    how=how,
                    address=unit._form_url(),
                )
                for unit in units
                # sudo: their name is on the form, too.
                for company in (unit.company_id.sudo(),)
            ],
            title=self.env._("Codes of units"),
        )

    def _check_printable(self):
        """:raise UserError: there are too many units, or the code of one would lead nowhere"""
        if not self or len(self) > MAX_CODES:
            raise UserError(
                self.env._("Choose from 1 to %s units, and print the rest afterwards.", MAX_CODES)
            )
        if archived := self.filtered(lambda unit: not unit.active):
            raise UserError(
                self.env._("Unit %s is archived, and has no form.", archived[0].display_name)
            )
        # sudo: who prints codes may have no right on the settings.
        for company in self.company_id.sudo():
            if not company._has_form():
                raise UserError(
                    self.env._(
                        "%s has no public form, so that its codes would lead nowhere. Turn it on "
                        "in the settings of Customer Care.",
                        company.name,
                    )
                )
