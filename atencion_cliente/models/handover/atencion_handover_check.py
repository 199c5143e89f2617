from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import plaintext2html

OBSERVED = "observed"
# Fields of an observation; they cannot change once the observation has a case.
OBSERVATION_FIELDS = frozenset(
    {"contract_id", "unit_id", "name", "category_id", "result", "observation"}
)
SUBJECT_LENGTH = 80


class AtencionHandoverCheck(models.Model):
    """One item of the checklist of a handover, and what was observed about it."""

    _name = "atencion.handover.check"
    _description = "Handover check"
    _inherit = [
        "atencion.input",
        "atencion.empty.list",
        "atencion.server.only",
        "atencion.live.links",
        "atencion.readable.links",
        "atencion.contract.line",
    ]
    _next_actions = ("atencion_cliente.atencion_contract_action",)
    _order = "contract_id, unit_id, sequence, id"
    _check_company_auto = True
    _server_only_fields = frozenset({"case_id"})
    _live_links = frozenset({"category_id"})

    contract_id = fields.Many2one(
        "atencion.contract", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True, precompute=True)
    unit_id = fields.Many2one(
        "atencion.unit", required=True, index=True, ondelete="restrict", check_company=True
    )
    item_id = fields.Many2one(
        "atencion.handover.item", string="From the checklist", ondelete="set null"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Item", required=True)
    category_id = fields.Many2one("atencion.case.category", ondelete="restrict", check_company=True)
    result = fields.Selection(
        [
            ("pending", "Not checked"),
            ("conforming", "Conforming"),
            (OBSERVED, "Observed"),
            ("not_applicable", "Does not apply"),
        ],
        required=True,
        default="pending",
    )
    observation = fields.Text(help="What the buyer observed. It becomes the case's description.")
    case_id = fields.Many2one(
        "atencion.case", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    case_stage_id = fields.Many2one(
        "atencion.case.stage",
        string="State of the case",
        compute="_compute_case_stage_id",
        search="_search_case_stage_id",
        help="Empty if you may not read the case.",
    )

    # Two users may load the checklist at the same time.
    _item_unique = models.UniqueIndex(
        "(contract_id, unit_id, item_id) WHERE item_id IS NOT NULL",
        "The checklist of the contract has this item of the unit already.",
    )

    @api.depends("name", "unit_id")
    def _compute_display_name(self):
        for check in self:
            names = filter(None, [check.unit_id.code, check.name])
            check.display_name = " · ".join(names)

    @api.depends("case_id.stage_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_case_stage_id(self):
        readable = self.case_id._filtered_access("read")
        for check in self:
            check.case_stage_id = (check.case_id & readable).stage_id

    def _search_case_stage_id(self, operator, value):
        return [("case_id.stage_id", operator, value)]

    def write(self, vals):
        vals = self._clean_input(vals)
        if not OBSERVATION_FIELDS.isdisjoint(vals):
            self._refuse_change_of_case()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_case(self):
        self._refuse_change_of_case()

    def _refuse_change_of_case(self):
        # sudo: the user may not read the case; its number says where to ask.
        for check in self.sudo().filtered("case_id"):
            raise UserError(
                self.env._(
                    "%(check)s: the observation is case %(case)s now. Go on there.",
                    check=check.display_name,
                    case=check.case_id.name,
                )
            )

    @api.constrains("contract_id", "unit_id", "name", "result", "observation")
    def _check_contract(self):
        self.contract_id._refuse_handover()

    @api.constrains("result", "observation")
    def _check_observation(self):
        for check in self.filtered(lambda check: check.result == OBSERVED):
            if not (check.observation or "").strip():
                raise ValidationError(
                    self.env._("%s: write what was observed.", check.display_name)
                )

    @api.constrains("unit_id", "contract_id")
    def _check_unit(self):
        for check in self.filtered(lambda check: check.unit_id not in check.contract_id.unit_ids):
            raise ValidationError(
                self.env._(
                    "Unit %(unit)s is not in contract %(contract)s. Choose one of its units.",
                    unit=check.unit_id.display_name,
                    contract=check.contract_id.name,
                )
            )

    # -------------------------------------------------------------------------
    # Cases
    # -------------------------------------------------------------------------

    def _create_cases(self):
        """Create a case for each observation without one, with the rights of the user.

        :return: the new cases
        :raise UserError: the company has no case type for observations
        """
        # Two simultaneous clicks must not create two cases: the second one fails here.
        self.lock_for_update()
        observed = self.filtered(lambda check: check.result == OBSERVED and not check.case_id)
        cases = self.env["atencion.case"].create([check._case_values() for check in observed])
        for check, case in zip(observed, cases, strict=True):
            check._write_checked({"case_id": case.id})
        cases._message_log_batch(
            bodies={
                check.case_id.id: self.env._(
                    "Observed at the handover of contract %(contract)s: %(item)s.",
                    contract=check.contract_id.name,
                    item=check.name,
                )
                for check in observed
            }
        )
        return cases

    def _case_values(self):
        """The values of the case of an observation, requested on the day of the handover.

        A category that has been archived since stays with the observation alone.

        :raise UserError: the company has no case type for observations
        """
        self.ensure_one()
        company = self.company_id
        case_type = company.atencion_handover_type_id.filtered("active")
        if not case_type:
            raise UserError(
                self.env._(
                    "Company %s has no case type for what is observed at handovers. Ask an "
                    "administrator to choose it in the settings of customer care.",
                    company.name,
                )
            )
        today = company._today()
        observation = self.observation.strip()
        return {
            "company_id": company.id,
            "type_id": case_type.id,
            "subject": f"{self.name}: {observation.splitlines()[0][:SUBJECT_LENGTH]}",
            "description": plaintext2html(observation),
            "category_id": self.category_id.filtered("active").id,
            "contract_id": self.contract_id.id,
            "unit_id": self.unit_id.id,
            "request_date": min(self.contract_id.handover_date or today, today),
        }
