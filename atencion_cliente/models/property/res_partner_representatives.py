from collections import Counter

from odoo import fields, models
from odoo.fields import Domain

from ..base.public_method import public


class ResPartnerRepresentatives(models.Model):
    """The powers by which a contact represents holders, or is represented."""

    _inherit = "res.partner"

    atencion_power_count = fields.Integer(
        "Powers of attorney",
        compute="_compute_atencion_power_count",
        groups="atencion_cliente.group_user",
    )

    def _compute_atencion_power_count(self):
        groups = self.env["atencion.representative"]._read_group(
            self._powers_domain(), ["partner_id", "principal_id"], ["__count"]
        )
        counts = Counter()
        for representative, principal, count in groups:
            for partner in representative | principal:
                counts[partner] += count
        for partner in self:
            partner.atencion_power_count = counts[partner]

    @public(one=True)
    def action_open_atencion_representatives(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "atencion_cliente.atencion_representative_action"
        )
        return action | {"domain": list(self._powers_domain())}

    def _powers_domain(self):
        return Domain("partner_id", "in", self.ids) | Domain("principal_id", "in", self.ids)
