from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import documents
from ...tools.bounds import MAX_DAYS, MAX_HOURS

# What a form proposes of a new type, as the commonest ones have.
PROPOSED_DAYS = 15
PROPOSED_HOURS = 24


class AtencionCaseType(models.Model):
    _name = "atencion.case.type"
    _description = "Case type"
    _inherit = [
        "atencion.input",
        "atencion.empty.list",
        "atencion.in.use",
        "atencion.live.links",
        "atencion.shared",
        "atencion.shown.setting",
        "atencion.bounds",
        "atencion.readable.links",
        "atencion.copied.label",
        "atencion.reference",
        "atencion.traced",
    ]
    _naming_fields = ("code", "name")
    _order = "sequence, name"
    _check_company_auto = True
    _in_example = True
    _case_link = "type_id"
    _setting_links = (
        ("atencion.area", "mail_type_id"),
        ("atencion.escalation.rule", "type_id"),
        ("res.company", "atencion_handover_type_id"),
        ("res.company", "case_form_type_id"),
    )
    _live_links = frozenset({"activity_plan_id", "area_id"})
    _max_values = dict.fromkeys(
        ("max_days", "warn_days", "reminder_days", "max_reminders"), MAX_DAYS
    ) | {"max_hours": MAX_HOURS}

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(copy=False, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        help="Empty: the type serves every company, and has no default area.",
        tracking=True,
    )
    form = fields.Selection(
        [("attention", "Attention"), ("claim", "Claim"), ("request", "Request")],
        required=True,
        default="attention",
        help="The form that cases of this type show.",
        tracking=True,
    )
    has_limit = fields.Boolean("Has a deadline", default=True, tracking=True)
    limit_unit = fields.Selection(
        [("days", "Days"), ("hours", "Hours")],
        "Limit in",
        required=True,
        default="days",
        help="In hours: what must be solved within hours, such as gas, water or a lift. Such "
        "cases are due at a moment, not at the end of a day.",
        tracking=True,
    )
    max_hours = fields.Integer(
        "Maximum hours",
        help="Hours to answer, from the moment of the request or of the reopening. Applies to "
        "cases registered or reclassified from now on.",
        tracking=True,
    )
    max_days = fields.Integer(
        "Maximum days",
        help="Days to answer. 0 is the same day. Applies to cases registered or "
        "reclassified from now on.",
        tracking=True,
    )
    count_mode = fields.Selection(
        [("calendar", "Calendar days"), ("working", "Working days")],
        "Counts",
        required=True,
        default="calendar",
        help="Working days are those of the company's working hours, without holidays.",
        tracking=True,
    )
    hour_mode = fields.Selection(
        [("calendar", "All hours"), ("working", "Working hours")],
        "Counts hours",
        compute="_compute_hour_mode",
        inverse="_inverse_hour_mode",
        help="All hours: at night and on holidays, too. Working hours are those of the company.",
    )
    warn_days = fields.Integer(
        "Warn before",
        help="Days before the deadline on which the assignee is warned. 0: never. Of a limit in "
        "hours nobody is warned: escalation rules count hours.",
        tracking=True,
    )
    area_id = fields.Many2one(
        "atencion.area",
        string="Default area",
        check_company=True,
        help="The area that receives new cases of this type.",
        tracking=True,
    )
    requirement_ids = fields.One2many(
        "atencion.document.requirement",
        "type_id",
        string="Required documents",
        copy=True,
    )
    auto_advance = fields.Boolean(
        "Moves by itself as documents arrive",
        help="A case that waits moves to documents in transit with the first one, and to "
        "in progress when all mandatory ones are received or waived. Rejecting a mandatory "
        "one puts the case back to wait for it.",
        tracking=True,
    )
    reminder_days = fields.Integer(
        "Remind every",
        help="Days between the reminders that a customer gets while their case waits for "
        "documents. 0: none.",
        tracking=True,
    )
    max_reminders = fields.Integer(
        "At most",
        help="Most reminders that a customer gets each time their case waits. 0: none.",
        tracking=True,
    )
    activity_plan_id = fields.Many2one(
        "mail.activity.plan",
        string="Activity plan",
        domain=[("res_model", "=", "atencion.case")],
        check_company=True,
        help="Activities planned on each new case of this type, each of them once: for "
        "the user that the plan names, else for the assignee of the case, else for the manager "
        "of its area.",
        tracking=True,
    )

    _code_unique = models.UniqueIndex(
        "(company_id, code) WHERE code IS NOT NULL",
        "Another case type of the company has this code.",
    )
    _days_not_negative = models.Constraint(
        "CHECK (max_days >= 0 AND warn_days >= 0)", "Days cannot be negative."
    )
    _hours_not_negative = models.Constraint("CHECK (max_hours >= 0)", "Hours cannot be negative.")
    _reminders_not_negative = models.Constraint(
        "CHECK (reminder_days >= 0 AND max_reminders >= 0)",
        "Reminders cannot be negative.",
    )

    def _requirements_for(self, relation, company):
        """The documents that a case of the type requires of a requester.

        :param str relation: value of ``atencion.case.requester_relation``, or empty
        :param company: the ``res.company`` of the case; two requirements with the same name
            in its language are for the same document
        :rtype: atencion.document.requirement
        """
        requirements = self.requirement_ids
        if not requirements:
            return requirements
        localized = requirements.with_context(lang=company.partner_id.lang)
        applicable = documents.applicable([row._as_rule() for row in localized], relation)
        return requirements.browse([requirement.key for requirement in applicable])

    # How it counts, in the words for hours.
    @api.depends("count_mode")
    def _compute_hour_mode(self):
        for case_type in self:
            case_type.hour_mode = case_type.count_mode

    # Both are on the form: the one that is hidden follows at once.
    @api.onchange("hour_mode")
    def _inverse_hour_mode(self):
        for case_type in self:
            case_type.count_mode = case_type.hour_mode

    @api.onchange("limit_unit")
    def _onchange_limit_unit(self):
        """Propose a limit of a new type: 0 days is the same day, which nobody means unasked."""
        if self.limit_unit == "hours":
            self.max_hours = self.max_hours or PROPOSED_HOURS
        elif not self._origin:
            self.max_days = self.max_days or PROPOSED_DAYS

    @api.constrains("form", "has_limit", "limit_unit", "max_hours")
    def _check_hours(self):
        """A limit in hours has hours, and is none of a claim, which the law counts in days."""
        for case_type in self.filtered(lambda case_type: case_type._limit_in("hours") is not None):
            if case_type.form == "claim":
                raise ValidationError(
                    self.env._(
                        "%s is a type of claims: the law counts their deadline in days. Choose "
                        "a limit in days.",
                        case_type.name,
                    )
                )
            if not case_type.max_hours:
                raise ValidationError(
                    self.env._(
                        "%s has a limit in hours: write how many, at least 1.", case_type.name
                    )
                )

    def _limit_in(self, unit):
        """The maximum days, or hours, of the type; None if it has no limit in this unit.

        :param str unit: ``days`` or ``hours``
        """
        if not self.has_limit or self.limit_unit != unit:
            return None
        return self.max_hours if unit == "hours" else self.max_days

    def write(self, vals):
        if "form" in vals:
            self._refuse_form_change(vals["form"])
        result = super().write(vals)
        if "warn_days" in vals:
            # Cases that were searched for warnings today may be within the new number of days.
            self.env["res.company"].sudo().search([]).atencion_warned_on = False
        return result

    def _refuse_form_change(self, form):
        """Refuse to change the form of a type that has cases.

        :param str form: the new form
        :raise UserError: names the type
        """
        changed = self.filtered(lambda case_type: case_type.form != form)
        # sudo: cases that the user may not read count, too.
        cases = self.env["atencion.case"].sudo().with_context(active_test=False)
        case = changed and cases.search([("type_id", "in", changed.ids)], limit=1)
        if case:
            raise UserError(
                self.env._(
                    "%s has cases: its form stays as it is. Create another type with the other "
                    "form, and archive this one.",
                    case.type_id.display_name,
                )
            )
