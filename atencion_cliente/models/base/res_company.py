from datetime import date, time
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, ormcache

from ...tools.bounds import FIRST_DATE, MAX_DAYS
from ...tools.satisfaction import MAX_WAIT_HOURS
from ...tools.working_days import WorkingDays
from ...tools.working_hours import WorkingHours

PRIORITIES = ("low", "normal", "high", "urgent")
READ_FOR_CASES = (
    "alias_domain_id",
    "name",
    "parent_path",
    "resource_calendar_id",
    *(f"atencion_has_limit_{name}" for name in PRIORITIES),
    *(f"atencion_max_days_{name}" for name in PRIORITIES),
)
# Earliest request date of cases, unless the company sets another one.
FIRST_DAY = date(2000, 1, 1)
# Number of years after the current one whose holidays and working hours are loaded.
YEARS_AHEAD = 10


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["atencion.bounds", "atencion.readable.links", "res.company"]
    _checked_links = frozenset({"atencion_handover_type_id"})
    _max_values = dict.fromkeys(
        (*(f"atencion_max_days_{name}" for name in PRIORITIES), "atencion_log_retention_days"),
        MAX_DAYS,
    ) | {"atencion_rating_wait_hours": MAX_WAIT_HOURS}

    # An integer cannot be empty, and 0 is a real limit: the same day.
    atencion_has_limit_low = fields.Boolean()
    atencion_has_limit_normal = fields.Boolean()
    atencion_has_limit_high = fields.Boolean()
    atencion_has_limit_urgent = fields.Boolean()
    atencion_max_days_low = fields.Integer("Maximum days, low priority")
    atencion_max_days_normal = fields.Integer("Maximum days, normal priority")
    atencion_max_days_high = fields.Integer("Maximum days, high priority")
    atencion_max_days_urgent = fields.Integer("Maximum days, urgent priority")
    atencion_first_day = fields.Date(
        "First day of requests",
        default=FIRST_DAY,
        help="No case is registered or imported with a request date before this day. It "
        "catches years that were mistyped. Empty: 1 January 2000. Cases that are already "
        "registered stay as they are.",
    )

    atencion_handover_type_id = fields.Many2one(
        "atencion.case.type",
        "Type of what is observed at handovers",
        domain="[('company_id', 'in', (False, id))]",
        help="The type of the cases that observations of a handover become.",
    )
    atencion_mail_assignee = fields.Boolean(
        "E-mail to the assignee",
        default=True,
        help="Whoever is assigned a case gets one e-mail with its description and notes, "
        "however they handle Odoo's notifications.",
    )
    atencion_escalation_mode = fields.Selection(
        [
            ("active", "On"),
            ("reference", "Only record what the rules would do"),
            ("off", "Off"),
        ],
        "Escalation",
        required=True,
        default="active",
    )
    atencion_log_retention_days = fields.Integer(
        "Keep the escalation log",
        help="Days after which the log of closed cases is deleted. 0: never. The log of "
        "open cases is kept: it is what keeps a rule from firing twice.",
    )
    atencion_warned_on = fields.Date(
        "Deadlines searched on",
        readonly=True,
        help="The day up to which deadlines to warn of were searched.",
    )

    _atencion_days_not_negative = models.Constraint(
        "CHECK (LEAST(atencion_max_days_low, atencion_max_days_normal, "
        "atencion_max_days_high, atencion_max_days_urgent, atencion_log_retention_days) >= 0)",
        "Days cannot be negative.",
    )

    @api.constrains("atencion_first_day")
    def _check_atencion_first_day(self):
        for company in self.filtered("atencion_first_day"):
            if not FIRST_DATE <= company.atencion_first_day <= company._today():
                raise ValidationError(
                    self.env._(
                        "The first day of requests of %(company)s cannot be %(day)s. Choose a "
                        "day from %(first)s to today.",
                        company=company.name,
                        day=format_date(self.env, company.atencion_first_day),
                        first=format_date(self.env, FIRST_DATE),
                    )
                )

    def init(self):
        super().init()
        # While Odoo updates, other modules create companies before this one is loaded.
        self.env.cr.execute(
            "ALTER TABLE res_company ALTER COLUMN atencion_escalation_mode SET DEFAULT 'active', "
            "ALTER COLUMN atencion_mail_assignee SET DEFAULT TRUE, "
            "ALTER COLUMN atencion_rating_wait_hours SET DEFAULT 24"
        )

    @api.constrains("atencion_handover_type_id")
    def _check_atencion_handover_type(self):
        for company in self:
            case_type = company.atencion_handover_type_id
            if case_type and not case_type.active:
                raise ValidationError(
                    self.env._(
                        "Case type %s is archived. Choose another for the observations of "
                        "handovers.",
                        case_type.name,
                    )
                )
            if case_type.company_id and case_type.company_id != company:
                raise ValidationError(
                    self.env._(
                        "Case type %(type)s is of %(other)s. Choose one of %(company)s, or one "
                        "that serves every company.",
                        type=case_type.name,
                        other=case_type.company_id.name,
                        company=company.name,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if "atencion_escalation_mode" in vals:
            # While it was off, runs marked cases as searched without acting on them.
            self.env["atencion.escalation.rule"]._search_from_scratch()
            super().write({"atencion_warned_on": False})
        return result

    @api.model
    def _with_escalation(self):
        """The companies where escalation is on, or only records what rules would do."""
        return (
            self.sudo()
            .with_context(active_test=False)
            .search_fetch(
                [("atencion_escalation_mode", "!=", "off")],
                [
                    "atencion_escalation_mode",
                    "atencion_first_day",
                    "atencion_warned_on",
                    "resource_calendar_id",
                ],
                order="id",
            )
        )

    def _read_for_cases(self):
        """Read what registering a case asks of its company: a row has some seventy columns."""
        # sudo: who may read them is asked as ever.
        self.sudo().fetch(READ_FOR_CASES)

    def _priority_limit(self, priority):
        """The maximum days to answer a case of a priority.

        :param str priority: value of ``atencion.case.priority``, ``0`` to ``3``
        :return: days, None if the priority has no limit
        :rtype: int | None
        """
        self.ensure_one()
        name = PRIORITIES[int(priority)]
        if not self[f"atencion_has_limit_{name}"]:
            return None
        return self[f"atencion_max_days_{name}"]

    @api.model
    @ormcache()
    def _zone_names(self):
        """The time zone of each company's calendar, UTC without a calendar, by company id."""
        # sudo: agents have no rights on calendars; time zones are public.
        companies = self.sudo().with_context(active_test=False).search([])
        return {company.id: company.resource_calendar_id.tz or "UTC" for company in companies}

    def _zone(self):
        """The time zone in which the days of the company begin and end.

        :rtype: zoneinfo.ZoneInfo
        """
        return ZoneInfo(self._zone_names().get(self.id, "UTC"))

    def _day_of(self, moment):
        """The day of a moment in the company's time zone.

        :param datetime.datetime moment: naive, in UTC
        :rtype: datetime.date
        """
        try:
            return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(self._zone()).date()
        except OverflowError:
            return moment.date()  # at the limits of ``datetime``

    def _start_of(self, day):
        """The moment at which a day starts in the company's time zone.

        :param datetime.date day:
        :return: naive, in UTC
        :rtype: datetime.datetime
        """
        return self._moment_of(day, time.min)

    def _today(self):
        """Today in the company's time zone, whatever the user's time zone is.

        :rtype: datetime.date
        """
        return self._day_of(fields.Datetime.now())

    @api.model
    def _by_today(self):
        """All companies, grouped by what day it is in their time zone.

        :return: at most three days, each with its companies
        :rtype: dict[datetime.date, models.Model]
        """
        # sudo: searches on dates need every company, also those that the user lacks.
        companies = self.sudo().browse(self._zone_names())
        return companies.grouped(lambda company: company._today())

    def _is_bounded(self, name, vals):
        return name.startswith("atencion_")

    def _first_day(self):
        """The earliest request date that a case of the company may have.

        :rtype: datetime.date
        """
        self.ensure_one()
        return self._counting_facts()[1]

    def _known_years(self):
        """The years whose holidays and working hours are counted.

        They always start in 2000 or earlier, so that a later first day of requests does not
        change the deadlines of older cases.

        :rtype: range
        """
        first = min(self._first_day(), FIRST_DAY)
        return range(first.year, self._today().year + YEARS_AHEAD + 1)

    def _working_days(self):
        """The working days of the company; all days if it has no calendar.

        :rtype: WorkingDays
        """
        calendar = self.env["resource.calendar"].browse(self._counting_facts()[0])
        if not calendar:
            return WorkingDays()
        years = self._known_years()
        return calendar._working_days(self.id, years[0], years[-1])

    def _working_hours(self, calendar=None):
        """The working hours of a calendar, with the holidays of the company.

        :param calendar: the ``resource.calendar`` of an area; by default that of the company
        :return: None if there is no calendar
        :rtype: WorkingHours | None
        """
        calendar = calendar or self.sudo().resource_calendar_id
        if not calendar:
            return None
        return WorkingHours(lambda year: calendar._worked_year(self.id, year), self._known_years())
