from markupsafe import Markup

from odoo import api, models

from ...tools import holding


class AtencionContractHolder(models.Model):
    """Combines the shares of contacts that Odoo merges because they are the same person."""

    _inherit = "atencion.contract.holder"

    @api.model
    def _merge_partners(self, sources, survivor):
        """Add up the shares that one person has in the same contract under several contacts.

        Shares whose days do not overlap stay separate lines. Odoo then replaces the merged
        contacts in all lines by the contact that stays.

        :param sources: the contacts that are merged into another
        :param survivor: the contact that stays
        :raise ValidationError: the survivor is a contact of a company
        """
        self._refuse_contact_of_company(sources, survivor)
        lines = self._lines_of(sources | survivor)
        for contract, contract_lines in lines.grouped("contract_id").items():
            shares = [line._as_holding() for line in contract_lines]
            if len(contract_lines.partner_id) > 1 and holding.overlap(shares):
                before = contract._holders_on()._as_text()
                contract_lines._add_up(survivor, holding.added_up(shares))
                self._log_added_up(contract, before)

    def _add_up(self, survivor, pieces):
        """Replace the lines, all of one contract, by the added up shares of the survivor.

        :param list pieces: ``holding.Holding`` objects, the earliest first
        """
        together = self.with_env(self.contract_id._with_deferred_share_check().env)
        # A unique index allows one open share per person and contract. The open share is
        # written first, and to a line that is open already.
        lines = together.sorted(
            lambda line: (bool(line.date_to), line.partner_id != survivor, line.sequence, line.id)
        )
        common = {"partner_id": survivor.id, "sequence": min(self.mapped("sequence"))}
        values = [
            common | {"share": piece.share, "date_from": piece.begin, "date_to": piece.end}
            for piece in reversed(pieces)
        ]
        lines[len(values) :].unlink()
        for line, vals in zip(lines, values, strict=False):
            line.write(vals)
        lines.create([vals | {"contract_id": self.contract_id.id} for vals in values[len(lines) :]])
        lines.flush_model()

    @api.model
    def _log_added_up(self, contract, before):
        contract._message_log(
            body=Markup("<p><b>%s</b></p><p>%s → %s</p>")
            % (
                self.env._("Contacts who are the same person were merged, their shares add up"),
                before,
                contract._holders_on()._as_text(),
            )
        )
