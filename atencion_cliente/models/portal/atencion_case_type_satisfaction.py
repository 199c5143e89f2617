from odoo import api, fields, models


class AtencionCaseTypeSatisfaction(models.Model):
    """Whether customers are asked how satisfied they are with cases of a type."""

    _inherit = "atencion.case.type"

    ask_rating = fields.Boolean(
        "Ask how satisfied the customer is",
        compute="_compute_ask_rating",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="The requester gets a mail some time after somebody closes the case: once for each "
        "closing, and once in seven days. Types of claims do not ask unless it is switched on.",
    )

    @api.depends("form")
    def _compute_ask_rating(self):
        for case_type in self:
            case_type.ask_rating = case_type.form != "claim"
