from odoo import api, fields, models

from ..base.public_method import public


class AtencionCaseCalls(models.Model):
    """The telephone calls about a case."""

    _inherit = "atencion.case"

    call_ids = fields.One2many("atencion.call", "case_id", "Calls", groups="base.group_user")
    call_count = fields.Integer(compute="_compute_call_count", groups="base.group_user")

    @api.model
    def _get_row_sources(self):
        return super()._get_row_sources() | {"call_count": ("atencion.call", "case_id")}

    @api.depends("call_ids")
    def _compute_call_count(self):
        counts = dict(
            self.env["atencion.call"]._read_group(
                [("case_id", "in", self.ids)], ["case_id"], ["__count"]
            )
        )
        for case in self:
            case.call_count = counts.get(case._origin, 0)

    @public(one=True)
    def action_log_call(self):
        """Open the dialog that notes a call about this case."""
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Log a call"),
            "res_model": "atencion.call",
            "view_mode": "form",
            "target": "new",
            "context": {"default_case_id": self.id},
        }

    @public(one=True)
    def action_open_calls(self):
        """Open the calls about this case."""
        actions = self.env["ir.actions.act_window"]
        return actions._for_xml_id("atencion_cliente.atencion_call_action") | {
            "domain": [("case_id", "=", self.id)],
            "context": {"default_case_id": self.id, "in_case": True},
        }
