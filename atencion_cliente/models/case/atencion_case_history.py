from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import timeline


class AtencionCaseHistory(models.Model):
    """A ledger entry: the time that a case was in one state and area.

    Entries follow each other without overlap or gap, and every figure of consumed
    time is derived from them. Nobody has the right to write them: the case does,
    when it changes. Once written, only the end of an entry is added.
    """

    _name = "atencion.case.history"
    _description = "Case state history"
    _inherit = [
        "atencion.input",
        "atencion.empty.list",
        "atencion.figures",
        "atencion.bounds",
        "atencion.live.columns",
        "atencion.readable.links",
    ]
    _next_actions = ("atencion_cliente.atencion_case_action",)
    _order = "case_id, entered_at desc, id desc"
    _rec_name = "stage_id"
    _figures_case = "case_id"

    case_id = fields.Many2one("atencion.case", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="case_id.company_id", store=True, precompute=True)
    stage_id = fields.Many2one(
        "atencion.case.stage", required=True, ondelete="restrict", string="State"
    )
    area_id = fields.Many2one("atencion.area", required=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", required=True, string="Changed by", ondelete="restrict")
    entered_at = fields.Datetime(required=True, help="As it was written, and never changed.")
    began_at = fields.Datetime(
        "Since",
        compute="_compute_began_at",
        help="When it was entered. The first entry of a case counts from its reception, which "
        "may have been corrected.",
    )
    is_first = fields.Boolean(help="The case was received with it.")
    left_at = fields.Datetime()
    duration_hours = fields.Float(
        "Hours",
        compute="_compute_duration_hours",
        search="_search_duration_hours",
        aggregator="sum",
        help="Hours in the state, until now if the case is in it. None while the case was "
        "closed: that is no time that anybody took.",
    )
    note = fields.Text("Notes / documents")
    forced = fields.Boolean()
    rule_id = fields.Many2one(
        "atencion.escalation.rule",
        string="Moved by rule",
        index="btree_not_null",
        ondelete="restrict",
    )
    registered_by_id = fields.Many2one(
        "res.users",
        ondelete="restrict",
        help="Who registered later that this happened, by hand or by an import. Empty: "
        "the case changed here, at that moment.",
    )
    registered_at = fields.Datetime("Registered on")
    # Kept here because the flag of the stage may change later.
    paused = fields.Boolean(help="The clock was paused during this time.")
    closed = fields.Boolean(
        "Case closed",
        help="The case was closed during this time, which is not time consumed.",
    )
    resolution = fields.Html(
        "Resolution until reopened",
        help="How the case had been solved when it was reopened: it is solved anew then.",
    )
    response = fields.Html(
        "Answer until reopened",
        help="What its customer had been answered when the case was reopened.",
    )

    _one_open = models.UniqueIndex(
        "(case_id) WHERE left_at IS NULL", "A case is in one state at a time."
    )
    _ordered = models.Constraint(
        "CHECK (left_at IS NULL OR left_at >= entered_at)",
        "A case cannot leave a state before entering it.",
    )

    @api.depends("entered_at", "is_first", "case_id.received_at")
    def _compute_began_at(self):
        for entry in self:
            entry.began_at = entry.case_id.received_at if entry.is_first else entry.entered_at

    @api.depends("began_at", "left_at", "closed")
    def _compute_duration_hours(self):
        now = fields.Datetime.now()
        for entry in self:
            entry.duration_hours = entry._as_timeline().lasts(now).total_seconds() / 3600

    def _as_timeline(self):
        """The entry, as the rules of consumed time take it.

        :rtype: timeline.LedgerEntry
        """
        self.ensure_one()
        return timeline.LedgerEntry(
            self.began_at,
            self.left_at or None,
            self.stage_id,
            self.area_id,
            paused=self.paused,
            closed=self.closed,
        )

    def _search_duration_hours(self, operator, value):
        return self._search_live("duration_hours", operator, value)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr == "began_at":
            return self._sql_began_at(alias, query)
        if field_expr == "duration_hours":
            self._check_field_access(self._fields[field_expr], "read")
            return self._sql_duration_hours(alias, query)
        return super()._field_to_sql(alias, field_expr, query)

    def _sql_began_at(self, alias, query):
        """``began_at``, with a join to the case."""
        # sudo: whoever reads an entry reads the reception of its case.
        entry = self.sudo()
        case, case_alias = self._fields["case_id"].join(entry, alias, query)
        return SQL(
            "CASE WHEN %s THEN %s ELSE %s END",
            entry._field_to_sql(alias, "is_first"),
            case._field_to_sql(case_alias, "received_at"),
            entry._field_to_sql(alias, "entered_at"),
        )

    def _sql_duration_hours(self, alias, query):
        """``LedgerEntry.lasts`` in hours; now is one constant for all rows."""
        lasts = SQL(
            "EXTRACT(EPOCH FROM COALESCE(%s, %s::timestamp) - %s)::float8 / 3600",
            self._field_to_sql(alias, "left_at", query),
            fields.Datetime.now(),
            self._sql_began_at(alias, query),
        )
        closed = self._field_to_sql(alias, "closed", query)
        return SQL("CASE WHEN %s IS TRUE THEN 0 ELSE GREATEST(0, %s) END", closed, lasts)
