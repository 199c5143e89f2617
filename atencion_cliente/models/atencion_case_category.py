from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AtencionCaseCategory(models.Model):
    _name = "atencion.case.category"
    _description = "Case category"
    _parent_store = True
    _rec_name = "complete_name"
    _order = "complete_name"

    name = fields.Char(required=True, translate=True)
    complete_name = fields.Char(compute="_compute_complete_name", recursive=True, store=True)
    parent_id = fields.Many2one("atencion.case.category", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("atencion.case.category", "parent_id", string="Subcategories")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: the category serves every company.")

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for category in self:
            names = filter(None, [category.parent_id.complete_name, category.name])
            category.complete_name = " / ".join(names)

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A category cannot be inside itself. Choose another parent.")
            )
