from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import ValidationError

from ...tools import holding


class AtencionContractHolder(models.Model):
    """What becomes of the shares when Odoo merges contacts who are the same person."""

    _inherit = "atencion.contract.holder"

    @api.model
    def _merge_partners(self, sources, survivor):
        """Add up the shares that one person has in one contract under several contacts.

        Where their days do not overlap, the lines stay as they are. Either way each line is
        the survivor's after Odoo has replaced the contacts.

        :param sources: the contacts that disappear
        :param survivor: the contact that stays
        """
        # sudo: Odoo merges a contact in every record, whoever may read it.
        lines = self.sudo().search([("partner_id", "in", (sources | survivor).ids)])
        self._refuse_contact_of_company(lines, sources, survivor)
        for contract, held in lines.grouped("contract_id").items():
            shares = [line._as_holding() for line in held]
            if len(held.partner_id) > 1 and holding.overlap(shares):
                before = contract._holders_on()._as_text()
                held._add_up(survivor, holding.added_up(shares))
                self._log_added_up(contract, before)

    @api.model
    def _refuse_contact_of_company(self, lines, sources, survivor):
        """Holders stand alone: Odoo would give their identity number to the company.

        :raise ValidationError: the survivor is a contact of a company; says whom to choose
        """
        holders = lines.partner_id & sources
        if holders and survivor.parent_id:
            raise ValidationError(
                self.env._(
                    "%(holder)s holds property, and %(person)s is a contact of %(company)s. "
                    "Choose %(holder)s as the destination of the merge.",
                    holder=holders[0].name,
                    person=survivor.name,
                    company=survivor.parent_id.name,
                )
            )

    def _add_up(self, survivor, pieces):
        """Let the lines, all of one contract, say what the survivor holds.

        :param list pieces: of ``holding.Holding``, the earliest first
        """
        together = self.with_env(self.contract_id._changing_holders_together().env)
        # The one that goes on comes first, to a line that goes on: a person has one such
        # line in a contract at any moment, also while these are written.
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

    @api.model
    def _is_held_by(self, partner):
        """Whether a contact holds, held or will hold a contract."""
        return bool(self.search_count([("partner_id", "=", partner.id)], limit=1))
