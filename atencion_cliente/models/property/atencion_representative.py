from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools import representation
from ...tools.representation import Power, includes


class AtencionRepresentative(models.Model):
    """The power of a person or firm to represent a holder in a contract, by days of the company.

    Nothing has to be done on the day on which it ends: whether it is in force is asked whenever
    it counts.
    """

    _name = "atencion.representative"
    _description = "Representative of a holder"
    _inherit = [
        "atencion.input",
        "atencion.readable.links",
        "atencion.attached.files",
        "atencion.traced.line",
        "atencion.contract.person",
        "atencion.import",
    ]
    _order = "contract_id, date_from desc, id desc"
    _rec_name = "partner_id"
    _traced_parent = "contract_id"
    _traced_fields = (
        *("partner_id", "principal_id", "right", "date_from", "date_to", "active"),
        "attachment_ids",
    )

    contract_id = fields.Many2one(
        "atencion.contract", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True)
    principal_id = fields.Many2one(
        "res.partner",
        string="Represented holder",
        required=True,
        index=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Representative",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("parent_id", "=", False)],
    )
    right = fields.Selection(
        [
            ("see", "See cases"),
            ("act", "Register and answer"),
            ("sign", "Register, answer and sign"),
        ],
        "Rights",
        required=True,
        default="act",
        help="What the representative does for the holder in the portal and by e-mail.",
    )
    date_from = fields.Date(
        "In force from",
        required=True,
        default=lambda self: self.env.company._today(),
        help="First day of the power; the representative sees the requests from this day on.",
    )
    date_to = fields.Date("In force until", help="Last day; empty while it goes on.")
    attachment_ids = fields.Many2many("ir.attachment", string="Power of attorney")
    active = fields.Boolean(default=True)
    is_in_force = fields.Boolean(
        "In force",
        compute="_compute_is_in_force",
        help="Whether it counts today, in the company's time zone. A power ends at the latest when "
        "its holder leaves the contract.",
    )

    _dates_ordered = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)", "A power cannot end before it begins."
    )

    @api.depends(
        *("date_from", "date_to", "active", "principal_id", "company_id"),
        *("contract_id.holder_ids.partner_id", "contract_id.holder_ids.is_current"),
    )
    def _compute_is_in_force(self):
        for power in self:
            company = power.company_id or power.contract_id.company_id or self.env.company
            power.is_in_force = (
                power.active
                and bool(power.date_from)
                and representation.is_in_force(power._as_power(), power._shares(), company._today())
            )

    def _as_power(self):
        self.ensure_one()
        return Power(self.date_from, self.date_to or None, self.right)

    def _shares(self):
        """The shares of the represented person in the contract, past and planned ones included."""
        self.ensure_one()
        lines = self.contract_id.holder_ids.filtered(
            lambda line: line.partner_id == self.principal_id
        )
        return [line._as_holding() for line in lines]

    @api.constrains("partner_id", "principal_id")
    def _check_not_oneself(self):
        for power in self.filtered(lambda line: line.partner_id == line.principal_id):
            raise ValidationError(
                self.env._(
                    "Contract %(contract)s: %(person)s cannot represent themselves. Choose "
                    "another person.",
                    contract=power.contract_id.name,
                    person=power.partner_id.name,
                )
            )

    @api.constrains("contract_id", "principal_id", "date_from", "date_to")
    def _check_represents_holder(self):
        # Lines that are written with the holders of their contract are checked with it.
        if not self.contract_id._defers_share_check():
            self._refuse_strangers()

    def _refuse_strangers(self):
        """Refuse powers of people who hold the contract on no day of them.

        :raise ValidationError: names the contract and the person
        """
        for power in self:
            if not representation.overlaps(power._as_power(), power._shares()):
                raise ValidationError(
                    self.env._(
                        "Contract %(contract)s: %(person)s does not hold it on any day of this "
                        "power. Choose one of its holders, or correct the days.",
                        contract=power.contract_id.name,
                        person=power.principal_id.name,
                    )
                )

    # -------------------------------------------------------------------------
    # What they see
    # -------------------------------------------------------------------------

    @api.model
    def _in_force_of(self, partners, right=representation.SEE, limit=None):
        """The powers in force of some contacts that include a right.

        :param str right: one of ``representation.RIGHTS``
        :param int limit: of the powers that are looked at
        """
        powers = self.search([("partner_id", "in", partners.ids)], limit=limit, order="id desc")
        return powers.filtered(lambda power: power.is_in_force and includes(power.right, right))

    @api.model
    def _of_user(self, right=representation.SEE):
        """The powers in force of the user or their firm that include a right, in ``sudo``."""
        partner = self.env.user.partner_id
        # sudo: a customer has no rights on contracts, and these powers are their own.
        return self.sudo()._in_force_of(partner | partner.commercial_partner_id, right)

    def _domain_of_cases(self):
        """The domain of the cases that these powers, all in force, reach.

        Confidential ones are not left out. Contracts of the same days are named together, for a
        manager of many flats.

        :rtype: Domain
        """
        contracts = self.browse().contract_id
        by_period, by_name = defaultdict(lambda: contracts), defaultdict(lambda: contracts)
        for power in self:
            contract, begin = power.contract_id, power.date_from
            periods = representation.reached_periods(power._as_power(), power._shares())
            for period in periods:
                by_period[period] |= contract
            if (begin, None) not in periods:
                by_name[power.principal_id, begin] |= contract
        requested = [
            Domain("contract_id", "in", contracts.ids)
            & Domain("request_date", ">=", begin)
            & (Domain("request_date", "<=", end) if end else Domain.TRUE)
            for (begin, end), contracts in by_period.items()
        ] + [
            Domain("contract_id", "in", contracts.ids)
            & Domain("request_date", ">=", begin)
            & (Domain("requester_id", "=", person.id) | Domain("partner_id", "=", person.id))
            for (person, begin), contracts in by_name.items()
        ]
        # The contracts once more: an index finds their cases, however many periods there are.
        return Domain("contract_id", "in", self.contract_id.ids) & Domain.OR(requested)

    def _reaches(self, case):
        """Whether this power is about a case, in force or not."""
        self.ensure_one()
        is_named = self.principal_id in case.requester_id | case.partner_id
        return self.contract_id == case.contract_id and representation.reaches(
            self._as_power(), self._shares(), is_named, case.request_date
        )

    # -------------------------------------------------------------------------
    # Contacts that are merged
    # -------------------------------------------------------------------------

    @api.model
    def _merge_partners(self, sources, survivor):
        """Remove the powers of people who turn out to be the person whom they represent.

        :param sources: the contacts that are merged into another
        :param survivor: the contact that stays
        :raise ValidationError: the survivor is a contact of a company
        """
        self._refuse_contact_of_company(sources, survivor)
        same = sources | survivor
        self._lines_of(same).filtered(lambda power: power.principal_id in same).unlink()

    # -------------------------------------------------------------------------
    # Import
    # -------------------------------------------------------------------------

    @api.model
    def _import_title(self):
        return self.env._("Representatives")

    @api.model
    def _import_columns(self):
        person = self.env._("Identity number, or the exact name of a contact imported before.")
        return {
            "contract_id": self.env._("Its number."),
            "principal_id": person,
            "partner_id": person,
            "right": "",
            "date_from": "",
            "date_to": "",
        }
