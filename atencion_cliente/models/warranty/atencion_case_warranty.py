from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import groupby

from ...tools import warranty
from ..base.public_method import public
from .atencion_warranty_term import START_EVENTS, UNITS

# What the warranty of a case is judged on.
FACTS = ("unit_id", "contract_id", "project_id", "category_id", "request_date")
# Writing the moment of reception writes the request date, too.
WRITTEN_FACTS = (*FACTS, "received_at")
# The verdict: nobody but the system writes it.
VERDICT = (
    "warranty_state",
    "warranty_element_id",
    "warranty_start_event",
    "warranty_start",
    "warranty_duration",
    "warranty_unit",
    "warranty_repair_days",
    "warranty_end",
    "warranty_judged_on",
)


class AtencionCaseWarranty(models.Model):
    """Whether what is asked for was in warranty on the day of the request.

    The verdict is frozen: it is made when the case is registered, and again when one of
    its own facts changes while it is open. What changes later in schemes, contracts and
    projects is none of its matter, unless a supervisor has it recalculated.

    A case has no verdict where no scheme, or no term for the element of its category,
    applies.
    """

    _inherit = "atencion.case"

    warranty_state = fields.Selection(
        [
            (warranty.COVERED, "In warranty"),
            (warranty.EXPIRED, "Out of warranty"),
            (warranty.UNKNOWN, "Without start date"),
        ],
        "Warranty",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="On the day of the request.",
    )
    warranty_element_id = fields.Many2one(
        "atencion.warranty.element",
        "Warranty element",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups="base.group_user",
    )
    warranty_start_event = fields.Selection(
        START_EVENTS,
        "Warranty runs from",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    warranty_start = fields.Date(
        "Start of the warranty", readonly=True, copy=False, groups="base.group_user"
    )
    warranty_duration = fields.Integer(
        "Warranty term",
        readonly=True,
        copy=False,
        aggregator=None,
        groups="base.group_user",
    )
    warranty_unit = fields.Selection(
        UNITS, "Unit of the warranty term", readonly=True, copy=False, groups="base.group_user"
    )
    warranty_repair_days = fields.Integer(
        "Repair days",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Days that earlier repairs added to the warranty.",
    )
    warranty_end = fields.Date(
        "End of the warranty",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The last day in warranty.",
    )
    warranty_judged_on = fields.Date(
        "Warranty judged on",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The request date that the case had then.",
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {*VERDICT}

    def _after_create(self, vals_list, carried):
        super()._after_create(vals_list, carried)
        self._judge_warranty()

    def _prepare_write(self, vals, carried):
        if not vals.keys().isdisjoint(WRITTEN_FACTS):
            carried["warranty"] = {case: case._warranty_facts() for case in self}
        return super()._prepare_write(vals, carried)

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        before = carried.get("warranty")
        if before:
            self.filtered(
                lambda case: not case.closed_at and case._warranty_facts() != before[case]
            )._judge_warranty()

    @api.onchange(*FACTS)
    def _onchange_warranty_facts(self):
        if not self.closed_at:
            self.update(self._warranty_values()[self])

    # -------------------------------------------------------------------------
    # Actions
    # -------------------------------------------------------------------------

    @public()
    def action_recalculate_warranty(self):
        """Judge the warranty anew, on what schemes, contracts and projects say now.

        :raise AccessError: the user is no supervisor, or may not write a case
        """
        if not self.env.user.has_group("atencion_cliente.group_supervisor"):
            raise AccessError(self.env._("Only a supervisor may recalculate a warranty."))
        self.check_access("write")
        before = {case: case._warranty_text() for case in self}
        # Repairs are found by their element: those among these cases get theirs first.
        elements = self._warranty_elements()
        self._freeze_warranty({case: {"warranty_element_id": elements[case].id} for case in self})
        self._judge_warranty()
        bodies = {
            case.id: Markup("%s<br/>%s<br/>%s")
            % (
                self.env._("Warranty recalculated."),
                self.env._("Before: %s", before[case]),
                self.env._("Now: %s", case._warranty_text()),
            )
            for case in self
            if case._warranty_text() != before[case]
        }
        self.browse(bodies)._message_log_batch(bodies=bodies)

    # -------------------------------------------------------------------------
    # Verdict
    # -------------------------------------------------------------------------

    def _warranty_facts(self):
        return tuple(self[name] for name in FACTS)

    def _judge_warranty(self):
        """Judge the warranty of these cases, and freeze the verdict."""
        self._freeze_warranty(self._warranty_values())

    def _freeze_warranty(self, values):
        """Write values by case: those that are alike together."""
        for alike, cases in groupby(self, lambda case: tuple(values[case].items())):
            self.browse().concat(*cases)._write_checked(dict(alike))

    def _warranty_values(self):
        """What is frozen of the warranty of each case.

        :rtype: dict[models.Model, dict]
        """
        elements = self._warranty_elements()
        terms = self._warranty_terms(elements)
        extended = self.filtered(lambda case: terms[case].scheme_id.repairs_extend)
        repairs = extended._warranty_repairs(elements)
        values = {}
        for case in self:
            values[case] = dict.fromkeys(VERDICT, False) | {
                "warranty_element_id": elements[case].id
            }
            if terms[case] and case.request_date:
                values[case] |= case._warranty_verdict(terms[case], repairs.get(case, ()))
        return values

    def _warranty_elements(self):
        """The warranty element of each case: that of its category."""
        elements = self.category_id._warranty_elements()
        nothing = self.env["atencion.warranty.element"]
        return {case: elements.get(case.category_id, nothing) for case in self}

    def _warranty_terms(self, elements):
        """The warranty term of each case: of the scheme of its project, for its element."""
        schemes = self.filtered(lambda case: elements[case]).project_id._warranty_schemes()
        nothing = self.env["atencion.warranty.term"]
        by_element = {
            (project, term.element_id): term
            for project, scheme in schemes.items()
            for term in scheme.term_ids
        }
        return {case: by_element.get((case.project_id, elements[case]), nothing) for case in self}

    def _warranty_repairs(self, elements):
        """The repairs of the same unit and element, by case: what was found upheld.

        :param elements: the element of each case
        :rtype: dict[models.Model, list[warranty.Repair]]
        """
        if not self:
            return {}
        of_units = {}
        # sudo: how long a unit was under repair does not depend on who reads its cases.
        upheld = self.sudo().search(
            [
                ("company_id", "in", self.company_id.ids),
                ("unit_id", "in", self.unit_id.ids),
                ("warranty_element_id", "in", [elements[case].id for case in self]),
                ("stage_id.outcome", "=", "upheld"),
                ("exclude_from_kpi", "=", False),
                ("active", "=", True),
            ]
        )
        for case in upheld:
            known = of_units.setdefault((case.unit_id.id, case.warranty_element_id.id), [])
            known.append(warranty.Repair(case.request_date, case.attention_date))
        return {case: of_units.get((case.unit_id.id, elements[case].id), ()) for case in self}

    def _warranty_verdict(self, term, repairs):
        """What a term gives the case.

        :param repairs: of the same unit and element, where they lengthen the warranty
        """
        verdict = {
            "warranty_state": warranty.UNKNOWN,
            "warranty_start_event": term.start_event,
            "warranty_duration": term.duration,
            "warranty_unit": term.unit,
            "warranty_judged_on": self.request_date,
        }
        start = self._warranty_start_date(term.start_event)
        if start:
            found = warranty.warranty(start, term._as_rule(), repairs, self.request_date)
            verdict |= {
                "warranty_state": found.state(self.request_date),
                "warranty_start": found.start,
                "warranty_repair_days": found.repair_days,
                "warranty_end": found.end,
            }
        return verdict

    def _warranty_start_date(self, event):
        """The day of the event that starts a warranty: of the contract, or the project."""
        if event == "reception":
            return self.project_id.reception_date
        contract = self.contract_id or self.unit_id.current_contract_id
        return contract.handover_date if event == "handover" else contract.registration_date
