from collections import Counter
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import get_lang

from ...tools import alert
from ..base.public_method import public

# What the card of an area shows, in its order; ``open`` is beside its name.
OF_AREAS = ("open", "new", "unassigned", "overdue", "due_today", "waiting", "mine")
OF_DAY = ("own_overdue", "own_due_today", "own_unread")
OF_WEEK = ("own_closed", "own_on_time")
VISITS = "own_visits"
COUNTED = Domain("exclude_from_kpi", "=", False)


class AtencionCaseOverview(models.Model):
    """The figures of the page on which the application opens.

    What each counts is in ``_open_figures`` or ``_own_figures`` alone. By that its cases are
    counted here, and listed by ``action_open_overview``.
    """

    _inherit = "atencion.case"

    # Who closed what lately.
    _closed_by_user = models.Index("(user_id, closed_at) WHERE closed_at IS NOT NULL")

    @public()
    @api.model
    @api.readonly
    def get_overview(self):
        """The figures of each area, and of the user's own day and week.

        Of areas come those of the user, and the others where there is an open case. An auditor
        has no cases of their own: their day and week are empty.

        :rtype: dict
        :raise AccessError: the user is a customer, or may not read cases
        """
        self._check_overview()
        by_area = self._count_figures(*self._open_figures())
        day, week = {}, {}
        if self.env.user._is_staff():
            day, week = self._count_own(by_area.values())
        return {
            "areas": self._overview_areas(by_area),
            "day": day,
            "week": week,
            "texts": self._overview_texts(),
        }

    @api.model
    def _check_overview(self):
        """Refuse customers, who may read cases of their own: the page is of the staff.

        :raise AccessError: the user is a customer, or may not read cases
        """
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only the staff sees how many cases there are."))
        self.browse().check_access("read")

    # -------------------------------------------------------------------------
    # What is counted
    # -------------------------------------------------------------------------

    @api.model
    def _open_figures(self):
        """The open cases, and which of them each figure counts.

        A case is new as long as nobody has changed its state since it was registered, and it
        does not wait for the customer. As everywhere, no figure counts what is excluded from
        indicators.

        :return: a domain, and a condition for each figure
        :rtype: tuple[Domain, dict[str, Domain]]
        """
        mine, waits = Domain("user_id", "=", self.env.uid), Domain("paused_since", "!=", False)
        overdue = Domain("alert_state", "=", alert.OVERDUE)
        due_today = Domain("alert_state", "=", alert.DUE_TODAY)
        return Domain("closed_at", "=", False) & COUNTED, {
            "open": Domain.TRUE,
            "new": Domain("stage_entry", "=", 1) & ~waits,
            "unassigned": Domain("user_id", "=", False),
            "overdue": overdue,
            "due_today": due_today,
            "waiting": waits,
            "mine": mine,
            "own_overdue": mine & overdue,
            "own_due_today": mine & due_today,
        }

    @api.model
    def _own_figures(self):
        """What else is the user's own: replies to read, and what was closed this week.

        The week begins on the day that the user's language says, as where Odoo groups by weeks,
        at the hour of the company. A reply has to be read also if the case is
        excluded from indicators.

        :return: as ``_open_figures``
        """
        company = self.env.company
        today = company._today()
        first = int(get_lang(self.env).week_start)
        begin = company._start_of(today - timedelta(days=(today.isoweekday() - first) % 7))
        unread = Domain("customer_unread", "=", True)
        closed = Domain("closed_at", ">=", begin) & COUNTED
        return Domain("user_id", "=", self.env.uid) & (unread | closed), {
            "own_unread": unread,
            "own_closed": closed,
            "own_on_time": closed & Domain("alert_state", "=", alert.ATTENDED_ON_TIME),
        }

    @api.model
    def _figure_domain(self, name):
        """The cases that a figure counts, of those that the user sees.

        :rtype: Domain
        """
        figures = (self._open_figures(), self._own_figures())
        [domain] = [scope & conditions[name] for scope, conditions in figures if name in conditions]
        return domain

    # -------------------------------------------------------------------------
    # Counting
    # -------------------------------------------------------------------------

    @api.model
    def _count_figures(self, scope, conditions):
        """Count the cases that the user sees, in one statement.

        :param scope: the domain of all that is counted
        :param conditions: by the name of a figure, which of these cases it counts
        :return: by the id of the area, the number of cases of each figure
        :rtype: dict[int, dict[str, int]]
        """
        rows = self.env.execute_query(self._figures_statement(scope, conditions))
        return {area_id: dict(zip(conditions, found, strict=True)) for area_id, *found in rows}

    @api.model
    def _figures_statement(self, scope, conditions):
        query = self._search(scope)
        area = query.groupby = self._field_to_sql(self._table, "area_id", query)
        # sudo: the search has said what the user sees; this only says which of it counts.
        every = self.sudo()
        counts = [
            SQL("count(*) FILTER (WHERE %s)", every._search(one, active_test=False).where_clause)
            if not one.is_true()
            else SQL("count(*)")
            for one in conditions.values()
        ]
        return query.select(area, *counts)

    @api.model
    def _count_own(self, by_area):
        """The figures of the user's own day and week.

        :param by_area: figures of the open cases of each area
        :rtype: tuple[dict[str, int], dict[str, int]]
        """
        totals = _summed([*by_area, *self._count_figures(*self._own_figures()).values()])
        day = {name: totals[name] for name in OF_DAY}
        day[VISITS] = len(self._overview_visits())
        return day, {name: totals[name] for name in OF_WEEK}

    @api.model
    def _overview_visits(self):
        """The events of today in which the user takes part, about cases that they see."""
        company = self.env.company
        today = company._today()
        begin, end = (company._start_of(today + timedelta(days=days)) for days in (0, 1))
        me = Domain("partner_id", "=", self.env.user.partner_id.id)
        events = self.env["calendar.event"].search_fetch(
            Domain("res_model", "=", self._name)
            & Domain("start", "<", end)
            & (Domain("start", ">=", begin) | Domain("stop", ">", begin))
            & Domain("attendee_ids", "any", me & Domain("state", "!=", "declined")),
            ["res_id"],
        )
        seen = set(self.search([("id", "in", events.mapped("res_id"))]).ids) if events else ()
        return events.filtered(lambda event: event.res_id in seen)

    @api.model
    def _overview_areas(self, by_area):
        """The cards: all areas together if there are several, those of the user, the others.

        :param by_area: figures by the id of the area
        :return: their id, name, figures and, if they are of several companies, their company
        :rtype: list[dict]
        """
        # sudo: an auditor may not read who belongs to which area.
        own = self.env.user.sudo().atencion_area_ids.filtered(
            lambda area: area.active and area.company_id in self.env.companies
        )
        own = own.with_env(self.env)
        areas = (self.env["atencion.area"].browse(by_area) | own).sorted()
        several = len(areas.company_id) > 1
        cards = [
            {
                "id": area.id,
                "name": area.name,
                "company": several and area.company_id.name,
                "figures": {name: by_area.get(area.id, {}).get(name, 0) for name in OF_AREAS},
            }
            for area in areas.sorted(lambda area: area not in own)
        ]
        if len(cards) > 1:
            total = _summed(card["figures"] for card in cards)
            every = {"id": False, "name": self.env._("All areas"), "company": False}
            cards.insert(0, every | {"figures": dict(total)})
        return cards


def _summed(figures):
    """The figures of several areas together.

    :rtype: dict[str, int]
    """
    total = Counter()
    for one in figures:
        total.update(one)
    return total
