from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AtencionContractHolder(models.Model):
    _name = "atencion.contract.holder"
    _description = "Contract holder"
    _order = "contract_id, sequence, id"
    _rec_name = "partner_id"

    contract_id = fields.Many2one(
        "atencion.contract", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    # Odoo copies the identity number of a child contact up to its company.
    partner_id = fields.Many2one(
        "res.partner",
        string="Holder",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("parent_id", "=", False)],
    )
    share = fields.Float("Share (%)", digits=(5, 2), default=100)
    date_from = fields.Date("From")
    date_to = fields.Date("Until")

    _partner_unique = models.UniqueIndex(
        "(contract_id, partner_id) WHERE date_to IS NULL",
        "The person already is a holder of this contract.",
    )
    _share_range = models.Constraint(
        "CHECK (share >= 0 AND share <= 100)", "A share is between 0 and 100 %."
    )
    _dates_ordered = models.Constraint(
        "CHECK (date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "A holder cannot leave a contract before entering it.",
    )

    @api.constrains("contract_id", "share", "date_to")
    def _check_share(self):
        self.contract_id._check_shares()

    @api.constrains("partner_id")
    def _check_partner(self):
        for holder in self.filtered("partner_id.parent_id"):
            raise ValidationError(
                self.env._(
                    "%(person)s is a contact of %(company)s. Choose the company, or a "
                    "person who is registered on their own.",
                    person=holder.partner_id.name,
                    company=holder.partner_id.parent_id.name,
                )
            )
