from odoo import fields, models

from ..property.atencion_unit import UNIT_KINDS


class AtencionHandoverItem(models.Model):
    """An item that is checked with the buyer when a unit is handed over."""

    _name = "atencion.handover.item"
    _description = "Handover checklist item"
    _inherit = [
        "atencion.input",
        "atencion.live.links",
        "atencion.shared",
        "atencion.readable.links",
    ]
    _order = "sequence, id"
    _check_company_auto = True
    _live_links = frozenset({"category_id"})

    name = fields.Char("Item", required=True, translate=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(UNIT_KINDS, "Kind of unit", help="Empty: units of every kind.")
    category_id = fields.Many2one(
        "atencion.case.category",
        ondelete="restrict",
        check_company=True,
        help="The category of the case that an observation becomes.",
    )
    company_id = fields.Many2one("res.company", help="Empty: the item serves every company.")
    active = fields.Boolean(default=True)

    def _for_unit(self, unit):
        """The items that apply to the kind of a unit, in their order."""
        return self.filtered(lambda item: item.kind in (False, unit.kind))
