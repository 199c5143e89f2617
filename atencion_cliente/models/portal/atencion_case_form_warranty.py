from odoo import api, models
from odoo.tools import format_date

from ...tools import warranty


class AtencionCaseFormWarranty(models.Model):
    """What a customer reads of the warranty before they register a defect."""

    _inherit = "atencion.case"

    @api.model
    def _warranty_before_sending(self, unit, contract, category):
        """Whether a defect that is registered today is in warranty, in words.

        :param unit: ``atencion.unit``, with ``sudo``
        :param contract: of the unit
        :param category: ``atencion.case.category``
        :return: empty if no warranty applies, or if nobody knows when it began
        """
        # sudo: the caller has checked whose unit it is; terms and repairs are not the customer's.
        draft = self.sudo().new(
            {
                "company_id": unit.company_id.id,
                "unit_id": unit.id,
                "contract_id": contract.id,
                "category_id": category.id,
                "received_at": self._moment(),
            }
        )
        verdict = draft._warranty_values()[draft]
        element = category.sudo().element_id.browse(verdict["warranty_element_id"])
        if not verdict["warranty_end"]:
            return ""
        said = {"element": element.name, "day": format_date(self.env, verdict["warranty_end"])}
        if verdict["warranty_state"] == warranty.EXPIRED:
            return self.env._(
                "%(element)s: the warranty ended on %(day)s – you can register it all the same",
                **said,
            )
        return self.env._("%(element)s: in warranty until %(day)s", **said)
