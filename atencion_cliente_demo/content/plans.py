"""Activity plans of two types, and the open cases on which they were launched."""

from typing import NamedTuple

from odoo import Command

MOST_RECENT = 2


class Step(NamedTuple):
    """An activity that is planned some days after the registration of a case."""

    kind: str
    days: int
    summary: str
    note: str = ""


PLANS = {
    "repair": (
        "Atención postventa",
        (
            Step("call", 0, "Llamar al propietario y acordar la visita"),
            Step("todo", 2, "Inspeccionar la unidad", "Fotos, causa y si está en garantía."),
            Step("todo", 5, "Verificar la reparación con el propietario"),
        ),
    ),
    "claim": (
        "Reclamo",
        (
            Step("email", 0, "Enviar el acuse de recibo"),
            Step("todo", 5, "Reunir el sustento con las áreas"),
            Step("todo", 10, "Redactar la carta de respuesta", "La firma el supervisor."),
        ),
    ),
}


def load(book):
    """Types learn their plan when the cases are there, which lived without one."""
    for key, (name, steps) in PLANS.items():
        plan = book.add(
            "mail.activity.plan",
            {
                f"plan_{key}": {
                    "name": name,
                    "res_model": "atencion.case",
                    "company_id": book.company.id,
                    "template_ids": [
                        Command.create(_values(book, position, step))
                        for position, step in enumerate(steps, start=1)
                    ],
                }
            },
        )
        case_type = book[f"type_{key}"]
        case_type.activity_plan_id = plan
        recent = book.env["atencion.case"].search(
            [("type_id", "=", case_type.id), ("is_closed", "=", False)], limit=MOST_RECENT
        )
        for case in recent:
            case._at(case.received_at)._launch_activity_plan()


def _values(book, position, step):
    return {
        "sequence": position,
        "activity_type_id": book.ref(f"mail.mail_activity_data_{step.kind}").id,
        "summary": step.summary,
        "note": step.note and f"<p>{step.note}</p>",
        "delay_count": step.days,
        "delay_from": "after_plan_date",
    }
