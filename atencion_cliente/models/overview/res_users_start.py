from odoo import fields, models

START = "atencion_start"


class ResUsers(models.Model):
    """Where the application opens is the choice of each user."""

    _inherit = "res.users"

    atencion_start = fields.Selection(
        [("overview", "Overview"), ("list", "List of cases")],
        "Customer Care opens on",
        default="overview",
        help="The overview has the figures of the areas and of the own day above the list.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, START]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, START]
