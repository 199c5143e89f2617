from odoo import fields, models
from odoo.tools import SQL


class AtencionUnitCaseReport(models.Model):
    """The number of cases per delivered unit, by project, category and year.

    There is one row per project, category and year, also without cases, so that the units of
    a project count in any selection of its rows. They count once per project. The cases of a
    year are divided by the units that were delivered by the end of that year; the cases of
    several years, by the units that were delivered by the end of the last one.
    """

    _name = "atencion.unit.case.report"
    _description = "Cases per delivered unit"
    _auto = False
    _order = "year desc, project_id, category_id"
    _rec_name = "project_id"
    _depends = {
        "atencion.case": [
            "active",
            "category_id",
            "exclude_from_kpi",
            "project_id",
            "request_date",
        ],
        "atencion.contract": ["active", "handover_date", "state", "unit_ids"],
        "atencion.case.category": ["company_id"],
        "atencion.project": ["company_id"],
        "atencion.unit": ["active", "main_unit_id", "project_id"],
    }

    project_id = fields.Many2one("atencion.project", readonly=True)
    category_id = fields.Many2one("atencion.case.category", readonly=True)
    year = fields.Char(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    case_count = fields.Integer("Cases", readonly=True)
    delivered_count = fields.Integer(
        "Delivered units",
        readonly=True,
        help="Units of a delivered contract, handed over by the end of the year. Parking and "
        "storage count with the unit that they are annexed to.",
    )
    cases_per_unit = fields.Float(
        "Cases per delivered unit", readonly=True, digits=(16, 2), aggregator="avg"
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH received AS (%(received)s), handed_over AS (%(handed_over)s), years AS (
                SELECT year FROM received
                UNION
                SELECT year FROM handed_over WHERE year IS NOT NULL
            ), delivered AS (%(delivered)s), categories AS (
                SELECT DISTINCT category_id, company_id
                FROM received
                LEFT JOIN atencion_case_category category ON category.id = category_id
            )
            SELECT
                row_number() OVER (ORDER BY project.id, delivered.year, categories.category_id)
                    AS id,
                project.company_id,
                project.id AS project_id,
                categories.category_id,
                delivered.year::text AS year,
                coalesce(received.total, 0) AS case_count,
                delivered.total AS delivered_count,
                coalesce(received.total, 0) / nullif(delivered.total, 0)::float AS cases_per_unit
            FROM atencion_project project
            JOIN categories
                ON coalesce(categories.company_id = project.company_id, true)
            JOIN delivered ON delivered.project_id = project.id
            LEFT JOIN received
                ON received.project_id = project.id
                AND received.year = delivered.year
                AND received.category_id IS NOT DISTINCT FROM categories.category_id""",
            received=self._sql_received(),
            handed_over=self._sql_handed_over(),
            delivered=self._sql_delivered(),
        )

    def _sql_received(self):
        """The number of cases by project, category and year."""
        return SQL(
            """
            SELECT project_id, category_id,
                extract(year FROM request_date)::int AS year, count(*)::int AS total
            FROM atencion_case
            WHERE project_id IS NOT NULL AND active AND exclude_from_kpi IS NOT TRUE
            GROUP BY 1, 2, 3"""
        )

    def _sql_handed_over(self):
        """Delivered units with the year of their handover, without annexed parking and storage."""
        return SQL(
            """
            SELECT unit.project_id, unit.id AS unit_id,
                extract(year FROM min(contract.handover_date))::int AS year
            FROM atencion_unit unit
            JOIN atencion_contract_unit_rel line ON line.unit_id = unit.id
            JOIN atencion_contract contract ON contract.id = line.contract_id
            WHERE unit.active AND unit.main_unit_id IS NULL
                AND contract.active AND contract.state = 'delivered'
            GROUP BY 1, 2"""
        )

    def _sql_delivered(self):
        """The number of units of each project that were delivered by the end of each year.

        Delivered units without a handover date count in every year.
        """
        return SQL(
            """
            SELECT project.id AS project_id, years.year, count(unit_id)::int AS total
            FROM atencion_project project
            CROSS JOIN years
            LEFT JOIN handed_over
                ON handed_over.project_id = project.id
                AND coalesce(handed_over.year <= years.year, true)
            GROUP BY 1, 2"""
        )

    def _read_group_select(self, aggregate_spec, query):
        """Count the delivered units once per project in any grouping."""
        name = aggregate_spec.partition(":")[0]
        if name not in ("delivered_count", "cases_per_unit"):
            return super()._read_group_select(aggregate_spec, query)
        # A JSON object keeps the last value of a key: the largest number of units per project.
        delivered = SQL(
            "(SELECT sum(value::int) FROM jsonb_each_text(jsonb_object_agg(%s, %s ORDER BY %s)))",
            self._field_to_sql(self._table, "project_id", query),
            self._field_to_sql(self._table, "delivered_count", query),
            self._field_to_sql(self._table, "delivered_count", query),
        )
        if name == "delivered_count":
            return delivered
        cases = self._field_to_sql(self._table, "case_count", query)
        return SQL("sum(%s) / nullif(%s, 0)::float", cases, delivered)
