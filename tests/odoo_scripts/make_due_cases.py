"""Cases on which two rules are due: one tells ana by every channel, one transfers the case."""

import os

from odoo import Command

company = env.company
ana = (
    env["res.users"]
    .with_context(no_reset_password=True)
    .create(
        {
            "name": "Ana",
            "login": "ana",
            "email": "ana@example.com",
            "notification_type": "inbox",
            "group_ids": [
                Command.link(env.ref("base.group_user").id),
                Command.link(env.ref("atencion_cliente.group_user").id),
            ],
        }
    )
)
role = env["res.role"].create({"name": "Ana", "user_ids": ana.ids})
area = env["atencion.area"].create({"name": "Repairs", "company_id": company.id})
kind = env["atencion.case.type"].create(
    {"name": "Leak", "area_id": area.id, "company_id": company.id}
)
transferred = env["atencion.case.stage"].search([("code", "=", "TRA")])
env["atencion.escalation.rule"].create(
    [
        {
            "name": "Tells",
            "company_id": company.id,
            "hours": 0,
            "role_id": role.id,
            "notify_alert": True,
            "notify_email": True,
            "notify_task": True,
        },
        {
            "name": "Moves",
            "company_id": company.id,
            "hours": 0,
            "new_stage_id": transferred.id,
        },
    ]
)
values = {"subject": "Water under the sink", "type_id": kind.id, "company_id": company.id}
env["atencion.case"].create([values] * int(os.environ["CASES"]))
env.cr.commit()
