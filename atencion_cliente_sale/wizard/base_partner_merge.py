from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Buyers of an order who are the same person are one buyer, with the shares of both."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        self.env["atencion.order.buyer"]._merge_partners(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _is_in_contract(self, partner):
        buyers = self.env["atencion.order.buyer"].sudo()
        return super()._is_in_contract(partner) or bool(
            buyers.search_count([("partner_id", "=", partner.id)], limit=1)
        )
