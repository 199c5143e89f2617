from odoo import fields, models
from odoo.tools import SQL

from ..base.public_method import public
from .atencion_warranty_term import START_EVENTS

# Ids of terms are below this number, so that the id of a row, made of a unit and a term, is
# unique and stable.
MAX_TERMS = 1 << 20


class AtencionUnitWarranty(models.Model):
    """The warranties of each sold unit, one row per unit and warranty term.

    It is a database view. It repeats in SQL the rules of ``tools.warranty``,
    ``atencion.project._warranty_schemes`` and ``atencion.unit.current_contract_id``; a test
    compares both on the same data.
    """

    _name = "atencion.unit.warranty"
    _description = "Warranty of a unit"
    _inherit = ["atencion.empty.list"]
    _auto = False
    _next_actions = ("atencion_cliente.atencion_contract_action",)
    _order = "date_end, unit_id, id"
    _rec_name = "element_id"
    _depends = {
        "atencion.unit": ["active", "block_id", "company_id", "project_id"],
        "atencion.contract": [
            "active",
            "handover_date",
            "registration_date",
            "sale_date",
            "state",
            "unit_ids",
        ],
        "atencion.project": ["company_id", "country_id", "reception_date", "warranty_scheme_id"],
        "atencion.warranty.scheme": ["active", "company_id", "country_id", "repairs_extend"],
        "atencion.warranty.term": ["duration", "element_id", "scheme_id", "start_event", "unit"],
        "atencion.case": [
            "active",
            "attention_date",
            "exclude_from_kpi",
            "request_date",
            "stage_id",
            "unit_id",
            "warranty_element_id",
        ],
        "atencion.case.stage": ["outcome"],
    }

    unit_id = fields.Many2one("atencion.unit", readonly=True)
    block_id = fields.Many2one("atencion.block", readonly=True)
    project_id = fields.Many2one("atencion.project", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    contract_id = fields.Many2one("atencion.contract", readonly=True)
    partner_id = fields.Many2one(related="contract_id.partner_id", string="Holder")
    element_id = fields.Many2one("atencion.warranty.element", readonly=True)
    start_event = fields.Selection(START_EVENTS, "Runs from", readonly=True)
    date_start = fields.Date("Start", readonly=True)
    date_end = fields.Date("Last day", readonly=True)
    repair_days = fields.Integer(
        "Repair days",
        readonly=True,
        aggregator=None,
        help="Days that earlier repairs added to the warranty.",
    )

    @public(one=True)
    def action_open_unit(self):
        """Open the unit of the row."""
        return {
            "type": "ir.actions.act_window",
            "res_model": "atencion.unit",
            "res_id": self.unit_id.id,
            "views": [(False, "form")],
        }

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT owned.unit_id * %(room)s::bigint + term.id AS id,
                owned.unit_id, owned.block_id, owned.project_id, owned.company_id,
                owned.contract_id, term.element_id, term.start_event,
                first.day AS date_start,
                COALESCE(repair.days, 0) AS repair_days,
                CASE WHEN last.day IS NOT NULL THEN
                    LEAST(last.day + COALESCE(repair.days, 0), DATE '9999-12-31')
                END AS date_end
            FROM (%(owned)s) owned
            JOIN atencion_project project ON project.id = owned.project_id
            LEFT JOIN LATERAL (%(of_country)s) of_country ON TRUE
            JOIN atencion_warranty_scheme scheme
                ON scheme.id = COALESCE(project.warranty_scheme_id, of_country.id)
            JOIN atencion_warranty_term term ON term.scheme_id = scheme.id
            CROSS JOIN LATERAL (
                SELECT CASE term.start_event
                    WHEN 'handover' THEN owned.handover_date
                    WHEN 'registration' THEN owned.registration_date
                    ELSE project.reception_date END AS day
            ) first
            CROSS JOIN LATERAL (
                SELECT (first.day + make_interval(
                    years => CASE term.unit WHEN 'years' THEN term.duration ELSE 0 END,
                    months => CASE term.unit WHEN 'months' THEN term.duration ELSE 0 END
                ))::date AS day
            ) last
            LEFT JOIN LATERAL (%(repair)s) repair ON TRUE""",
            room=MAX_TERMS,
            owned=self._sql_units_with_contract(),
            of_country=self._sql_scheme_of_country(),
            repair=self._sql_repair(),
        )

    def _sql_units_with_contract(self):
        """The sold units with their current contract."""
        return SQL(
            """
            SELECT DISTINCT ON (unit.id) unit.id AS unit_id,
                unit.block_id, unit.project_id, unit.company_id,
                contract.id AS contract_id, contract.handover_date, contract.registration_date
            FROM atencion_unit unit
            JOIN atencion_contract_unit_rel link ON link.unit_id = unit.id
            JOIN atencion_contract contract ON contract.id = link.contract_id
            WHERE unit.active AND contract.active AND contract.state != 'terminated'
            ORDER BY unit.id, contract.sale_date DESC NULLS LAST, contract.id DESC"""
        )

    def _sql_scheme_of_country(self):
        """The scheme of the project's country; the scheme of its company has priority."""
        return SQL(
            """
            SELECT candidate.id
            FROM atencion_warranty_scheme candidate
            WHERE candidate.active AND candidate.country_id = project.country_id
                AND (candidate.company_id = project.company_id OR candidate.company_id IS NULL)
            ORDER BY candidate.company_id NULLS LAST
            LIMIT 1"""
        )

    def _sql_repair(self):
        """The days that repairs add to the warranty.

        Repairs count in the order of their request, up to the first one that was requested
        after the end of the extended warranty. EXISTS skips the sorting for the many units
        without repairs.
        """
        return SQL(
            """
            SELECT (SUM(added) FILTER (WHERE in_warranty))::int AS days
            FROM (
                SELECT added, bool_and(begin <= last.day + added_before) OVER in_order
                    AS in_warranty
                FROM (
                    SELECT *, COALESCE(SUM(added) OVER earlier, 0)::int AS added_before
                    FROM (
                        SELECT item.id, item.request_date AS begin, item.attention_date AS done,
                            GREATEST(0, item.attention_date - GREATEST(
                                item.request_date, first.day, MAX(item.attention_date) OVER earlier
                            )) AS added
                        FROM atencion_case item
                        JOIN atencion_case_stage stage ON stage.id = item.stage_id
                        WHERE item.unit_id = owned.unit_id
                            AND item.warranty_element_id = term.element_id
                            AND stage.outcome = 'upheld'
                            AND item.active AND item.exclude_from_kpi IS NOT TRUE
                        WINDOW earlier AS (
                            ORDER BY item.request_date, item.attention_date, item.id
                            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                    ) repaired
                    WINDOW earlier AS (
                        ORDER BY begin, done, id
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                ) counted
                WINDOW in_order AS (ORDER BY begin, done, id)
            ) judged
            WHERE scheme.repairs_extend AND EXISTS (
                SELECT FROM atencion_case item
                WHERE item.unit_id = owned.unit_id
                    AND item.warranty_element_id = term.element_id)"""
        )
