"""The same rows of this application by plain SQL: what nobody can do better with these tables."""

from .figures import summary
from .meter import Meter

REPEATS = 5
COLUMNS = "t.*, stage.name AS stage, partner.name AS partner"
JOINS = (
    " LEFT JOIN atencion_case_stage stage ON stage.id = t.stage_id"
    " LEFT JOIN res_partner partner ON partner.id = t.partner_id"
)


def _list(condition="TRUE", order="received_at DESC, id DESC"):
    return (
        f"SELECT {COLUMNS} FROM (SELECT * FROM atencion_case WHERE active IS TRUE AND {condition}"
        f" ORDER BY {order} LIMIT 80) t {JOINS}"
    )


_TEXT = " OR ".join(
    f"{name} ILIKE '%zzznothing%'" for name in ("name", "sheet_number", "external_ref", "subject")
)
_CHANGED = "SELECT id FROM atencion_case WHERE closed_at IS NULL ORDER BY id LIMIT {}"

# By name: the statements, and for how many records they are.
LIMITS = {
    "list": ([_list(order="deadline_at, id")], 1),
    "search": ([_list(f"({_TEXT})")], 1),
    "overdue": ([_list("closed_at IS NULL AND deadline_date < current_date")], 1),
    "kanban": (
        [
            "SELECT stage_id, count(*) FROM atencion_case WHERE active IS TRUE GROUP BY 1",
            "SELECT t.* FROM atencion_case_stage stage, LATERAL (SELECT * FROM atencion_case c"
            " WHERE c.stage_id = stage.id AND c.active IS TRUE"
            " ORDER BY deadline_at, id LIMIT 40) t",
        ],
        1,
    ),
    "portal": (
        [
            _list(
                "partner_id = (SELECT partner_id FROM res_users WHERE login = 'portal_many')",
            )
        ],
        1,
    ),
    "state_one": (
        [
            f"UPDATE atencion_case SET stage_since = now() WHERE id IN ({_CHANGED.format(1)})",
            "UPDATE atencion_case_history SET left_at = now()"
            f" WHERE case_id IN ({_CHANGED.format(1)})",
        ],
        1,
    ),
    "state_bulk": (
        [
            f"UPDATE atencion_case SET stage_since = now() WHERE id IN ({_CHANGED.format(200)})",
            "UPDATE atencion_case_history SET left_at = now()"
            f" WHERE case_id IN ({_CHANGED.format(200)})",
        ],
        200,
    ),
}


def seconds(benches, name: str) -> float:
    """Of processors, the median of some repeats, a record."""
    [bench] = [bench for bench in benches if bench.side.name == "own"]
    statements, units = LIMITS[name]
    samples = []
    with bench.environment(1) as env:
        for _repeat in range(REPEATS):
            with Meter(bench.database) as meter:
                for statement in statements:
                    env.cr.execute(statement)
                    if statement.startswith("SELECT"):
                        env.cr.fetchall()
            samples.append(meter.sample(units))
    return summary(samples).cpu
