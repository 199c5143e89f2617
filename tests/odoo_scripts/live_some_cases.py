"""Cases with pauses, moves by several areas and a reactivation, and the property around them.

It runs on each version since the first, so it takes only what all of them have.
"""

from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo import Command

START = datetime(2025, 3, 3, 13)
company = env.company
repairs, deeds = env["atencion.area"].create(
    [{"name": name, "company_id": company.id} for name in ("Repairs", "Deeds")]
)
leak, claim = env["atencion.case.type"].create(
    [
        {"name": name, "form": form, "area_id": repairs.id, "company_id": company.id, "max_days": 9}
        for name, form in (("Leak", "attention"), ("Claim", "claim"))
    ]
)
category = env["atencion.case.category"].create({"name": "Water"})
stages = {stage.code: stage for stage in env["atencion.case.stage"].search([])}
ana, luis = env["res.partner"].create(
    [
        {"name": name, "vat": number, "country_id": env.ref(f"base.{country}").id}
        for name, number, country in (
            ("Ana", "V-00000101-1", "ve"),
            ("Luis", "DNI N° 00000102", "pe"),
        )
    ]
)
project = env["atencion.project"].create({"name": "Gardens", "company_id": company.id})
# Blocks of a project had no names of their own at first.
second = "Tower B" if hasattr(env.registry["atencion.block"], "_name_unique") else "Tower A"
tower, _other = env["atencion.block"].create(
    [{"name": name, "project_id": project.id} for name in ("Tower A", second)]
)
unit = env["atencion.unit"].create(
    {"name": "Flat 101", "code": "A-101", "project_id": project.id, "block_id": tower.id}
)
contract = env["atencion.contract"].create(
    {
        "name": "C-1",
        "company_id": company.id,
        "unit_ids": [Command.set(unit.ids)],
        "holder_ids": [
            Command.create({"partner_id": ana.id, "share": 60, "date_from": date(2024, 1, 1)}),
            Command.create({"partner_id": luis.id, "share": 40, "date_from": date(2024, 1, 1)}),
        ],
    }
)


def live(*steps, **values):
    """A case, and what happened to it: hours since the start, and a state or an area."""
    with freeze_time(START):
        case = env["atencion.case"].create(
            {
                "subject": "Water under the sink",
                "type_id": leak.id,
                "category_id": category.id,
                "company_id": company.id,
                "received_at": START,
                "resolution": "<p>Seal changed</p>",
                "document_ids": [Command.create({"name": "Photographs", "mandatory": False})],
                **values,
            }
        )
        env.flush_all()
    for hours, step in steps:
        with freeze_time(START + timedelta(hours=hours)):
            if step in stages:
                change = {"stage_id": stages[step].id, "stage_note": "The customer called"}
                case.write(change | ({"area_id": deeds.id} if step == "TRA" else {}))
            else:
                case.area_id = {"repairs": repairs, "deeds": deeds}[step]
            env.flush_all()
    return case


live()
live((5, "WRC"), (30, "PRO"))
live((5, "WRC"), (30, "PRO"), (31, "deeds"), (32, "repairs"))
live((5, "WRC"), (50, "PRO"), (60, "WRC"), (61, "deeds"))
live((3, "TRA"), (40, "repairs"))
live((2, "REJ"), (90, "REA"), (91, "WRC"), (92, "PRO"))
live((7, "CLO"))
done = live((1, "PRO"))
with freeze_time(START):
    done.activity_schedule("mail.mail_activity_data_todo", summary="Call").action_feedback("Done")
    done.document_ids.attachment_ids = [
        Command.create({"name": "sink.txt", "raw": b"sink", "res_model": "atencion.case.document"})
    ]
live(type_id=claim.id, contract_id=contract.id, unit_id=unit.id, partner_id=ana.id)
live(is_confidential=True, contract_id=contract.id, partner_id=luis.id)
env.cr.commit()
