from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# Most cases that a message names.
MOST_NAMED = 5


class AtencionOpenCases(models.AbstractModel):
    """Property that is not archived while it has open cases: nobody would find them by it."""

    _name = "atencion.open.cases"
    _description = "Property with open cases"

    # The field of cases that links to the model.
    _case_link = None

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            for record in self.filtered("active"):
                record._refuse_to_archive()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_cases(self):
        """Refuse to delete property that cases are about, open or closed.

        :raise UserError: names some of the cases, and says what to do
        """
        cases = self.env["atencion.case"].sudo().with_context(active_test=False)
        for record in self:
            found = cases.search(record._cases_domain(), limit=MOST_NAMED + 1)
            if found:
                raise UserError(
                    self.env._(
                        "“%(name)s” has cases, %(cases)s among them, which are kept with it. "
                        "Archive it instead.",
                        name=record.display_name,
                        cases=", ".join(found[:MOST_NAMED].mapped("name")),
                    )
                )

    def _cases_domain(self):
        """The domain of the cases of the record."""
        return Domain(self._case_link, "=", self.id)

    def _refuse_to_archive(self):
        """Refuse to archive a record with open cases.

        :raise UserError: names some of the cases, and says what to do
        """
        self.ensure_one()
        numbers = self._numbers_of_open_cases(self._cases_domain())
        if numbers:
            raise UserError(
                self.env._(
                    "“%(name)s” has open cases: %(cases)s. Close them, or correct their "
                    "property, before you archive it.",
                    name=self.display_name,
                    cases=numbers,
                )
            )

    @api.model
    def _numbers_of_open_cases(self, domain):
        """How many open cases there are, and the numbers of some.

        :param Domain domain: of cases
        :return: "2 (P-1, P-2)"; empty if there are none
        :rtype: str
        """
        # sudo: cases that the user may not read count, too; their number says where to ask.
        cases = self.env["atencion.case"].sudo().with_context(active_test=True)
        found = cases.search(domain & Domain("closed_at", "=", False))
        if not found:
            return ""
        names = [*found[:MOST_NAMED].mapped("name"), *(["…"] if len(found) > MOST_NAMED else [])]
        return f"{len(found)} ({', '.join(names)})"
