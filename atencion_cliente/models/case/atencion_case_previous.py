from odoo import api, fields, models
from odoo.fields import Domain

from ..base.public_method import public
from .atencion_case_alert import FACTS

# How many an agent can read during a call.
SHOWN = 5
# Read with the search, for the list that shows them.
COLUMNS = ["name", "active", "subject", "unit_id", "stage_id", *FACTS]


class AtencionCasePrevious(models.Model):
    """The earlier cases of the holder and of the unit, from before the case is saved."""

    _inherit = "atencion.case"

    previous_case_count = fields.Integer("Previous cases", compute="_compute_previous_cases")
    previous_case_ids = fields.Many2many(
        "atencion.case",
        string="Latest previous cases",
        compute="_compute_previous_cases",
        groups="base.group_user",
        help="The latest of the holder or of the unit that you may see.",
    )

    @api.depends("partner_id", "unit_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_previous_cases(self):
        for case in self:
            domain = case._previous_cases_domain()
            latest = self.search_fetch(domain, COLUMNS, limit=SHOWN) if domain else self.browse()
            case.previous_case_ids = latest
            counted = latest.filtered(lambda previous: not previous.exclude_from_kpi)
            case.previous_case_count = (
                self.search_count(domain & Domain("exclude_from_kpi", "=", False))
                if len(latest) == SHOWN
                else len(counted)
            )

    def _previous_cases_domain(self):
        """Other cases of the holder or of the unit; None without either."""
        self.ensure_one()
        owners = [
            Domain(name, "=", self[name].id) for name in ("partner_id", "unit_id") if self[name]
        ]
        if not owners:
            return None
        return Domain.OR(owners) & Domain("id", "!=", self._origin.id)

    @public(one=True)
    def action_open_previous_cases(self):
        """The other cases of the holder and of the unit."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "atencion_cliente.atencion_case_action"
        )
        return action | {
            "name": self.env._("Previous cases"),
            "domain": list(self._previous_cases_domain() or [("id", "=", 0)]),
            "context": {"create": False},
        }
