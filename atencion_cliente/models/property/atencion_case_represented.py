from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...tools.representation import ACT, SEE, includes


class AtencionCaseRepresented(models.Model):
    """What representatives of a holder see of the cases of a contract, and what they may do."""

    _inherit = "atencion.case"

    is_of_represented_holder = fields.Boolean(
        "Of a holder whom they represent",
        compute="_compute_is_of_represented_holder",
        search="_search_is_of_represented_holder",
        help="A power of the user is in force today, and reaches the case.",
    )

    def _compute_is_of_represented_holder(self):
        reached = self.filtered_domain(self._search_is_of_represented_holder("in", [True]))
        for case in self:
            case.is_of_represented_holder = case in reached

    def _search_is_of_represented_holder(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        return self.env["atencion.representative"]._of_user()._domain_of_cases()

    def _representatives(self, right=ACT):
        """The partners who represent a holder in the case today with a right.

        :param str right: one of ``representation.RIGHTS``
        """
        self.ensure_one()
        powers = self.contract_id.representative_ids.filtered(
            lambda power: power.is_in_force and includes(power.right, right)
        )
        return powers.filtered(lambda power: power._reaches(self)).partner_id

    @api.onchange("requester_id", "contract_id")
    def _onchange_represents(self):
        """Propose the relation of a requester who represents a holder of the contract."""
        requester = self.requester_id
        people = requester | requester.commercial_partner_id
        powers = self.contract_id.representative_ids
        if not self.requester_relation and powers.filtered("is_in_force").partner_id & people:
            self.requester_relation = "proxy"

    # -------------------------------------------------------------------------
    # Customers with a login
    # -------------------------------------------------------------------------

    def _granting(self, right):
        """The cases in which the user has a right of the customer, by themselves or by a power.

        :param str right: one of ``representation.RIGHTS``
        """
        partner, cases = self.env.user.partner_id, self.sudo()
        powers = self.env["atencion.representative"]._of_user(right)
        of_contract = Domain.OR(
            [
                Domain("partner_id", "=", partner.commercial_partner_id.id),
                cases._search_is_of_current_holder("in", [True]),
                powers._domain_of_cases(),
            ]
        )
        domain = (
            Domain("requester_id", "=", partner.id)
            | Domain("partner_id", "=", partner.id)
            | Domain("is_confidential", "=", False) & of_contract
        )
        return cases.filtered_domain(domain).with_env(self.env)

    def _only_seen(self, right=ACT):
        """The cases that the user sees by a power that does not include a right.

        In all others that they see, they may do what customers do.

        :param str right: one of ``representation.RIGHTS``
        """
        # Most customers represent nobody.
        if not self.env.user._is_portal() or not self.env["atencion.representative"]._of_user():
            return self.browse()
        return self._granting(SEE) - self._granting(right)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Odoo's conversation offers no answer to who may only see the case."""
        operations = super()._mail_get_operation_for_mail_message_operation(message_operation)
        if message_operation == "create":
            operations |= dict.fromkeys(self._only_seen(), "write")
        return operations

    def _message_create(self, values_list):
        """A call posts no answer of who may only see the case.

        :raise AccessError: says what their power lacks
        """
        if not self.env.su and self._only_seen():
            raise AccessError(
                self.env._("Your power of attorney lets you see this case, and not answer it.")
            )
        return super()._message_create(values_list)
