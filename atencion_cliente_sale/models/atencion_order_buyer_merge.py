from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import ValidationError

from odoo.addons.atencion_cliente.models.base.server_context import with_server_value
from odoo.addons.atencion_cliente.tools import holding


class AtencionOrderBuyer(models.Model):
    """Combines the shares of contacts that Odoo merges because they are the same person."""

    _inherit = "atencion.order.buyer"

    @api.model
    def _merge_partners(self, sources, survivor):
        """Add up the shares that one person has in the same order under several contacts.

        Odoo would delete the line of the contact that disappears, and its share with it.

        :param sources: the contacts that are merged into another
        :param survivor: the contact that stays
        :raise ValidationError: the survivor is a contact of a company
        """
        # sudo: Odoo merges contacts in all records, also in those that the user may not read.
        lines = with_server_value(self.sudo(), "atencion_holders", True).search(
            [("partner_id", "in", (sources | survivor).ids)]
        )
        lines._refuse_contact_of_company(sources, survivor)
        for order_lines in lines.grouped("order_id").values():
            if len(order_lines) > 1:
                order_lines._add_up(survivor)

    def _refuse_contact_of_company(self, sources, survivor):
        buyers = self.partner_id & sources
        if buyers and survivor.parent_id:
            raise ValidationError(
                self.env._(
                    "%(buyer)s buys property, and %(person)s is a contact of %(company)s. "
                    "Choose %(buyer)s as the destination of the merge.",
                    buyer=buyers[0].name,
                    person=survivor.name,
                    company=survivor.parent_id.name,
                )
            )

    def _add_up(self, survivor):
        """Replace the lines, all of one order, by one line of the survivor."""
        order, before = self.order_id, self.order_id.atencion_buyer_ids._as_text()
        values = {
            "partner_id": survivor.id,
            "share": min(holding.WHOLE, sum(self.mapped("share"))),
            "sequence": min(self.mapped("sequence")),
        }
        # The unique index is checked in the database: the others go first.
        self[1:].unlink()
        self[:1].write(values)
        order._message_log(
            body=Markup("<p><b>%s</b></p><p>%s → %s</p>")
            % (
                self.env._("Contacts who are the same person were merged, their shares add up"),
                before,
                order.atencion_buyer_ids._as_text(),
            )
        )

    def _as_text(self):
        """Buyers and shares as text: "Rosa Quispe (60 %), Luis Paredes (40 %)"."""
        return ", ".join(f"{line.partner_id.name} ({line.share:g} %)" for line in self)
