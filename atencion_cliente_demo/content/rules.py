"""The escalation rules.

Rules that act are loaded archived, so that nobody is notified of invented cases. Whoever tries
the application activates one and sees what it does.
"""

from typing import NamedTuple

from .service import ROLES


class Rule(NamedTuple):
    """A rule: its type by a key of ``service.py``, states by their codes, its role by its name.

    ``channels``: any of ``alert``, ``task`` and ``email``.
    """

    name: str
    hours: float
    stage: str = ""
    case_type: str = ""
    priority: str = ""
    basis: str = "open"
    calendar: str = "natural"
    role: str = ""
    channels: tuple[str, ...] = ()
    new_stage: str = ""
    note: str = ""
    mode: str = "active"


RULES = {
    "claim": Rule(
        "Reclamo en proceso sin respuesta",
        120,
        stage="PRO",
        case_type="claim",
        role="Asesor Legal",
        channels=("task", "email"),
    ),
    "urgent": Rule(
        "Urgente sin resolver en media jornada",
        4,
        priority="3",
        calendar="working",
        role="Coordinador de Postventa",
        channels=("alert",),
    ),
    "documents": Rule(
        "Recaudos pendientes hace 10 días",
        240,
        stage="WRC",
        basis="stage",
        role="Jefe de Atención al Cliente",
        channels=("email",),
    ),
    "withdrawal": Rule(
        "Desistimiento por falta de recaudos",
        720,
        stage="WRC",
        basis="stage",
        new_stage="REJ",
        note="Desistimiento por falta de recaudos",
    ),
    "transfer": Rule(
        "Transferido y no tomado por el área",
        24,
        stage="TRA",
        basis="stage",
        role="Gerente de Proyecto",
        channels=("alert",),
        new_stage="PRO",
        note="El área no tomó el caso en 24 horas",
    ),
    "month": Rule(
        "Caso abierto hace un mes",
        720,
        role="Gerente General",
        channels=("email",),
    ),
    # These two would move a case back and forth for ever, if moves by rules were unlimited.
    "loop_there": Rule(
        "Prueba de ciclo: de proceso a tramitación", 1, stage="PRO", basis="stage", new_stage="WCE"
    ),
    "loop_back": Rule(
        "Prueba de ciclo: de tramitación a proceso", 1, stage="WCE", basis="stage", new_stage="PRO"
    ),
    "high": Rule(
        "Prioridad alta: dos días sin resolver",
        48,
        priority="2",
        basis="running",
        role="Jefe de Atención al Cliente",
        channels=("alert", "task"),
        mode="reference",
    ),
}


def load(book):
    stages = {stage.code: stage.id for stage in book.env["atencion.case.stage"].search([])}
    roles = {name: book[f"role_{position}"].id for position, name in enumerate(ROLES, start=1)}
    book.add(
        "atencion.escalation.rule",
        {
            f"rule_{key}": {
                "name": rule.name,
                "sequence": 10 * position,
                "active": rule.mode == "reference",
                "company_id": book.company.id,
                "stage_id": stages.get(rule.stage),
                "type_id": book.id_of(rule.case_type and f"type_{rule.case_type}"),
                "priority": rule.priority,
                "hours": rule.hours,
                "hours_basis": rule.basis,
                "calendar_mode": rule.calendar,
                "role_id": roles.get(rule.role),
                "notify_alert": "alert" in rule.channels,
                "notify_task": "task" in rule.channels,
                "notify_email": "email" in rule.channels,
                "new_stage_id": stages.get(rule.new_stage),
                "note": rule.note,
                "mode": rule.mode,
            }
            for position, (key, rule) in enumerate(RULES.items(), start=1)
        },
    )
