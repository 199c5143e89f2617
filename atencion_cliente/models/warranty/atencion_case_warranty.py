from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import groupby

from ...tools import warranty
from ..base.public_method import public
from .atencion_warranty_term import DURATION_UNITS, START_EVENTS

# Fields of the case that decide the verdict.
WARRANTY_FACTS = ("unit_id", "contract_id", "project_id", "category_id", "request_date")
# Writing the moment of reception also changes the request date.
WRITTEN_FACTS = (*WARRANTY_FACTS, "received_at")
# Fields that store the verdict. Only the system writes them.
VERDICT_FIELDS = (
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
    """The verdict of a case: whether it was in warranty on the day of the request.

    The verdict is computed and stored when the case is registered, and again when one of
    ``WARRANTY_FACTS`` changes while the case is open. Later changes of schemes, contracts
    and projects do not change it, unless a supervisor recalculates the warranty.

    A case has no verdict if no scheme applies to it, or if the scheme has no term for the
    warranty element of its category.
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
        DURATION_UNITS,
        "Unit of the warranty term",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    warranty_repair_days = fields.Integer(
        "Repair days",
        readonly=True,
        copy=False,
        aggregator=None,
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
        return super()._get_server_only_fields() | {*VERDICT_FIELDS}

    def _after_create(self, vals_list, carried):
        super()._after_create(vals_list, carried)
        values = self._warranty_values()
        # A new case has no verdict to take back.
        self.filtered(lambda case: any(values[case].values()))._write_verdict(values)

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

    @api.onchange(*WARRANTY_FACTS)
    def _onchange_warranty_facts(self):
        if not self.closed_at:
            self.update(self._warranty_values()[self])

    # -------------------------------------------------------------------------
    # Actions
    # -------------------------------------------------------------------------

    @public()
    def action_recalculate_warranty(self):
        """Compute the verdict again, with the present schemes, contracts and projects.

        The log of each case whose verdict changes gets the former and the new one.

        :raise AccessError: the user is not a supervisor, or may not write a case
        """
        if not self.env.user.has_group("atencion_cliente.group_supervisor"):
            raise AccessError(self.env._("Only a supervisor may recalculate a warranty."))
        self.check_access("write")
        before = {case: case._warranty_text() for case in self}
        # Repairs are searched by their element, and these cases may be repairs of each other:
        # the elements are written first.
        elements = self._warranty_elements()
        self._write_verdict({case: {"warranty_element_id": elements[case].id} for case in self})
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
        return tuple(self[name] for name in WARRANTY_FACTS)

    def _judge_warranty(self):
        """Compute and store the verdict of these cases."""
        self._write_verdict(self._warranty_values())

    def _write_verdict(self, values):
        """Write the values of each case, with one write for cases with equal values.

        :param dict values: values by case
        """
        for equal_values, cases in groupby(self, lambda case: tuple(values[case].items())):
            self.browse().concat(*cases)._write_checked(dict(equal_values))

    def _warranty_values(self):
        """The values of ``VERDICT_FIELDS`` for each case.

        :rtype: dict[models.Model, dict]
        """
        elements = self._warranty_elements()
        terms = self._warranty_terms(elements)
        extended = self.filtered(lambda case: terms[case].scheme_id.repairs_extend)
        repairs = extended._warranty_repairs(elements)
        values = {}
        for case in self:
            values[case] = dict.fromkeys(VERDICT_FIELDS, False) | {
                "warranty_element_id": elements[case].id
            }
            if terms[case] and case.request_date:
                values[case] |= case._warranty_verdict(terms[case], repairs.get(case, ()))
        return values

    def _warranty_elements(self):
        """The warranty element of each case, which is that of its category.

        :rtype: dict[models.Model, models.Model]
        """
        elements = self.category_id._warranty_elements()
        nothing = self.env["atencion.warranty.element"]
        return {case: elements.get(case.category_id, nothing) for case in self}

    def _warranty_terms(self, elements):
        """The warranty term of each case, by the scheme of its project and its element.

        :param dict elements: the element of each case
        :rtype: dict[models.Model, models.Model]
        """
        schemes = self.filtered(lambda case: elements[case]).project_id._warranty_schemes()
        nothing = self.env["atencion.warranty.term"]
        by_element = {
            (project, term.element_id): term
            for project, scheme in schemes.items()
            for term in scheme.term_ids
        }
        return {case: by_element.get((case.project_id, elements[case]), nothing) for case in self}

    def _warranty_repairs(self, elements):
        """The repairs of each case: the upheld cases of the same unit and element.

        :param dict elements: the element of each case
        :rtype: dict[models.Model, list[warranty.Repair]]
        """
        if not self:
            return {}
        of_units = {}
        # sudo: the repairs of a unit count, also those whose cases the user may not read.
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
        """The values of the verdict of the case under a warranty term.

        :param term: ``atencion.warranty.term``
        :param repairs: ``warranty.Repair`` objects that extend the warranty
        :rtype: dict
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
        """The date of the event that starts the warranty, False if it is not known.

        :param str event: key of ``START_EVENTS``
        """
        if event == "reception":
            return self.project_id.reception_date
        contract = self.contract_id or self.unit_id.current_contract_id
        return contract.handover_date if event == "handover" else contract.registration_date
