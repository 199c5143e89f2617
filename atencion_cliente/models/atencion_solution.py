from odoo import fields, models


class AtencionSolution(models.Model):
    """How a case was solved, to guide the next ones like it."""

    _name = "atencion.solution"
    _description = "Solution"
    _order = "id desc"

    name = fields.Char(required=True)
    case_id = fields.Many2one("atencion.case", index="btree_not_null", ondelete="set null")
    problem = fields.Html()
    solution = fields.Html(required=True)
    category_id = fields.Many2one("atencion.case.category", index="btree_not_null")
    type_id = fields.Many2one("atencion.case.type", index="btree_not_null")
    state = fields.Selection(
        [("active", "Active"), ("revoked", "Revoked")],
        required=True,
        default="active",
    )
    applied_case_ids = fields.One2many("atencion.case", "solution_id", string="Applied in")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
