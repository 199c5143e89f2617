from odoo import fields, models


class AtencionCaseTypeDeadline(models.Model):
    """Types that show their customers until when a case is answered."""

    _inherit = "atencion.case.type"

    show_deadline = fields.Boolean(
        "Show the deadline to the customer",
        help="The page of a case says until when it is answered, while it runs. Who promises a "
        "day is held to it.",
        tracking=True,
    )
