"""Cases with pauses, moves by several areas and a reactivation, at moments of the past.

And a project with two towers.
"""

from datetime import datetime, timedelta

from odoo import Command

START = datetime(2025, 3, 3, 13)
company = env.company
repairs, deeds = env["atencion.area"].create(
    [{"name": name, "company_id": company.id} for name in ("Repairs", "Deeds")]
)
kind = env["atencion.case.type"].create(
    {"name": "Leak", "area_id": repairs.id, "company_id": company.id}
)
stages = {stage.code: stage for stage in env["atencion.case.stage"].search([])}


def live(*steps):
    """A case, and what happened to it: hours since the start, and a state or an area."""
    case = env["atencion.case"].create(
        {
            "subject": "Water under the sink",
            "type_id": kind.id,
            "company_id": company.id,
            "resolution": "<p>Seal changed</p>",
            "received_at": START,
            "document_ids": [Command.create({"name": "Photographs", "mandatory": False})],
        }
    )
    for hours, step in steps:
        moment = START + timedelta(hours=hours)
        there = case._at(moment)
        if step in stages:
            area = deeds if step == "TRA" else None
            there._change_stage(stages[step], "The customer called", area)
        else:
            there.area_id = {"repairs": repairs, "deeds": deeds}[step]


live()
live((5, "WRC"), (30, "PRO"))
live((5, "WRC"), (30, "PRO"), (31, "deeds"), (32, "repairs"))
live((5, "WRC"), (50, "PRO"), (60, "WRC"), (61, "deeds"))
live((3, "TRA"), (40, "repairs"))
live((2, "REJ"), (90, "REA"), (91, "WRC"), (92, "PRO"))
live((7, "CLO"))
project = env["atencion.project"].create({"name": "Gardens", "company_id": company.id})
env["atencion.block"].create(
    [{"name": name, "project_id": project.id} for name in ("Tower A", "Tower B")]
)
env.cr.commit()
