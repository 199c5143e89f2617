from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.atencion_cliente.tools import alert

CASES = "atencion_cliente.atencion_case_action"
READERS = "atencion_cliente.group_user,atencion_cliente.group_auditor"
COUNTED = Domain("exclude_from_kpi", "=", False)


class DigestDigest(models.Model):
    """Figures of flow: what happened in a period, since a digest compares it with the one before.

    Each is of the cases that its reader may see. None counts the cases that are excluded from
    the indicators.
    """

    _inherit = "digest.digest"

    kpi_atencion_received = fields.Boolean("Cases received")
    kpi_atencion_received_value = fields.Integer(compute="_compute_kpi_atencion_received_value")
    kpi_atencion_closed = fields.Boolean("Cases closed")
    kpi_atencion_closed_value = fields.Integer(compute="_compute_kpi_atencion_closed_value")
    kpi_atencion_on_time = fields.Boolean("Cases closed on time")
    kpi_atencion_on_time_value = fields.Integer(compute="_compute_kpi_atencion_on_time_value")
    kpi_atencion_overdue = fields.Boolean("Cases that became overdue")
    kpi_atencion_overdue_value = fields.Integer(compute="_compute_kpi_atencion_overdue_value")
    kpi_atencion_reopened = fields.Boolean("Cases reopened")
    kpi_atencion_reopened_value = fields.Integer(compute="_compute_kpi_atencion_reopened_value")

    def _compute_kpi_atencion_received_value(self):
        self._count_cases("received", "received_at")

    def _compute_kpi_atencion_closed_value(self):
        self._count_cases("closed", "closed_at")

    def _compute_kpi_atencion_on_time_value(self):
        self._count_cases(
            "on_time", "closed_at", Domain("alert_state", "=", alert.ATTENDED_ON_TIME)
        )

    def _compute_kpi_atencion_overdue_value(self):
        """A case becomes overdue after the moment of its deadline: the last second of a day, or an
        hour of it.
        """
        self._check_reads_cases()
        late = Domain("alert_state", "in", (alert.OVERDUE, alert.ATTENDED_LATE))
        start, end, _companies = self._get_kpi_compute_parameters()
        # The moments before: a day that ends just as the period begins is of the period.
        start, end = (
            fields.Datetime.to_datetime(moment) - timedelta(seconds=1) for moment in (start, end)
        )
        for digest in self:
            company = digest.company_id or self.env.company
            # The days bound the search: they have an index.
            ended = Domain.AND(
                Domain(*term)
                for term in (
                    ("deadline_date", ">=", company._day_of(start)),
                    ("deadline_date", "<=", company._day_of(end)),
                    ("deadline_at", ">=", start),
                    ("deadline_at", "<", end),
                )
            )
            digest.kpi_atencion_overdue_value = self.env["atencion.case"].search_count(
                Domain("company_id", "=", company.id) & late & ended
            )

    def _compute_kpi_atencion_reopened_value(self):
        """The ledger knows each time: a case was closed, and left that state."""
        self._check_reads_cases()
        self._calculate_company_based_kpi(
            "atencion.case.history",
            "kpi_atencion_reopened_value",
            date_field="left_at",
            additional_domain=Domain("closed", "=", True)
            & Domain("case_id.exclude_from_kpi", "=", False),
        )

    def _count_cases(self, figure, moment, domain=Domain.TRUE):
        """Set a figure: the cases whose moment is in the period of the digest.

        :param str figure: the name of the figure
        :param str moment: the field with the moment
        :param domain: what else is so of them
        :raise AccessError: see ``_check_reads_cases``
        """
        self._check_reads_cases()
        self._calculate_company_based_kpi(
            "atencion.case",
            f"kpi_atencion_{figure}_value",
            date_field=moment,
            additional_domain=COUNTED & domain,
        )

    def _check_reads_cases(self):
        """Leave the figures out of the digest of somebody who reads no cases.

        :raise AccessError: Odoo leaves out what raises it
        """
        if not self.env.user.has_groups(READERS):
            raise AccessError(self.env._("You do not read cases of customer care."))

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        names = [name for name in self._fields if name.startswith("kpi_atencion_")]
        return actions | {name: CASES for name in names if not name.endswith("_value")}
