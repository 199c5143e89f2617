from odoo import api, fields, models

from ..models.base.public_method import public
from ..models.case.atencion_case_requester import IDENTITY_KINDS, RELATIONS
from ..tools import missing_data

# The fields that ask for what is missing; cases have them by the same names.
ASKED = {
    missing_data.REQUESTER: (
        *("partner_id", "requester_id", "requester_firstname", "requester_lastname"),
        *("requester_phone", "requester_email", "requester_relation"),
    ),
    missing_data.DESCRIPTION: ("description",),
    missing_data.GOOD: ("unit_id", "good_description"),
    missing_data.CLAIM_TYPE: ("claim_type_id",),
    missing_data.IDENTITY: ("requester_identity_kind", "requester_identity"),
}
# Those that may have a part of the answer already.
BEGUN = (
    *("requester_firstname", "requester_lastname", "requester_phone", "requester_email"),
    *("requester_relation", "requester_identity_kind"),
)
PREFILLED = {
    "compute": "_compute_begun",
    "compute_sudo": False,
    "store": True,
    "readonly": False,
}


class AtencionCaseStageChangeMissing(models.TransientModel):
    """Before it changes a state, the dialog asks for what the case lacks.

    Rules, imports and other programs change states without it. Of several cases, the dialog
    says which ones lack what.
    """

    _inherit = "atencion.case.stage.change"

    asked_codes = fields.Char(
        "Codes of what is asked for", compute="_compute_asked", compute_sudo=False
    )
    missing_codes = fields.Char(
        "Codes of missing data", compute="_compute_missing_codes", compute_sudo=False
    )
    incomplete_cases = fields.Text(
        "Cases that lack data", compute="_compute_incomplete_cases", compute_sudo=False
    )

    partner_id = fields.Many2one(
        "res.partner", string="Holder / account", domain=[("parent_id", "=", False)]
    )
    requester_id = fields.Many2one("res.partner", string="Requester / contact")
    requester_firstname = fields.Char("First name", **PREFILLED)
    requester_lastname = fields.Char("Last name", **PREFILLED)
    requester_phone = fields.Char("Phone", **PREFILLED)
    requester_email = fields.Char("E-mail", **PREFILLED)
    requester_relation = fields.Selection(RELATIONS, "Relation to the unit", **PREFILLED)
    description = fields.Html()
    unit_id = fields.Many2one("atencion.unit")
    good_description = fields.Text("Description of the good")
    claim_type_id = fields.Many2one("atencion.claim.type")
    requester_identity_kind = fields.Selection(
        IDENTITY_KINDS, "Kind of identity number", **PREFILLED
    )
    requester_identity = fields.Char("Identity number")

    @api.depends("case_ids")
    def _compute_asked(self):
        for change in self:
            change.asked_codes = change._asked_case().missing_codes

    @api.depends("case_ids")
    def _compute_begun(self):
        for change in self:
            case = change._asked_case()
            asked = self._asked_names(case)
            for name in BEGUN:
                change[name] = case[name] if name in asked else False

    @api.depends("case_ids", *(name for names in ASKED.values() for name in names))
    def _compute_missing_codes(self):
        for change in self:
            case = change._asked_case()
            completed = case.new(change._completing_values(case), origin=case)
            change.missing_codes = completed.missing_codes if case else False

    @api.depends("case_ids")
    def _compute_incomplete_cases(self):
        for change in self:
            several = change.case_ids._origin if len(change.case_ids) > 1 else ()
            change.incomplete_cases = "\n".join(
                f"{case.name}: {case.missing_data}" for case in several if case.missing_data
            )

    def _asked_case(self):
        """The case, if the dialog is about one."""
        self.ensure_one()
        cases = self.case_ids._origin
        return cases if len(cases) == 1 else cases.browse()

    @api.model
    def _asked_names(self, case):
        """The fields that ask for what a case lacks."""
        return {
            name for code in (case.missing_codes or "").split(",") for name in ASKED.get(code, ())
        }

    def _completing_values(self, case):
        """What was filled in of what the case lacks; nothing is emptied.

        :rtype: dict
        """
        self.ensure_one()
        return {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in sorted(self._asked_names(case))
            if self[name]
        }

    @public(one=True)
    def action_apply(self):
        """Complete the case first; nothing is saved while data are missing."""
        case = self._asked_case()
        values = self._completing_values(case)
        if values:
            case.write(values)
        self.case_ids._refuse_missing_data()
        return super().action_apply()
