"""Whatever people make beside cases, and what Odoo keeps about them in tables of its own."""

from datetime import datetime

from odoo import Command

model = env["ir.model"]._get_id("atencion.case")
todo = env.ref("mail.mail_activity_data_todo")
company = env["res.company"].create({"name": "Another company"})
person = env["res.partner"].create({"name": "Rosa Quispe", "email": "rosa@example.com"})
area = env["atencion.area"].create({"name": "Repairs", "company_id": company.id})
kind = env["atencion.case.type"].create(
    {"name": "Leak", "area_id": area.id, "company_id": company.id}
)
case = env["atencion.case"].create(
    {"subject": "Water", "type_id": kind.id, "company_id": company.id, "partner_id": person.id}
)
company.alias_domain_id = env["mail.alias.domain"].create({"name": "homes.example"})
area.write({"mail_type_id": kind.id, "alias_name": "atencion.desk"})
settings = env["res.config.settings"].create({"atencion_mail_limit": 5})
settings.execute()
case.message_subscribe(person.ids)
case.message_post(
    body="Hello",
    partner_ids=person.ids,
    attachments=[("plan.txt", b"plan")],
    message_type="comment",
    subtype_xmlid="mail.mt_comment",
)
case.activity_schedule("mail.mail_activity_data_todo", summary="Call")
case.activity_schedule("mail.mail_activity_data_todo", summary="Write").action_feedback("Done")
env["calendar.event"].create(
    {
        "name": "Visit",
        "start": datetime(2026, 12, 1, 15),
        "stop": datetime(2026, 12, 1, 16),
        "res_model_id": model,
        "res_id": case.id,
    }
)
env["rating.rating"].create({"res_model_id": model, "res_id": case.id, "rating": 4})
env["mail.activity.plan"].create(
    {
        "name": "Visit and report",
        "res_model": "atencion.case",
        "template_ids": [Command.create({"activity_type_id": todo.id, "summary": "Visit"})],
    }
)
env["mail.scheduled.message"].create(
    {
        "model": "atencion.case",
        "res_id": case.id,
        "scheduled_date": datetime(2030, 1, 1),
        "body": "Later",
        "author_id": env.user.partner_id.id,
    }
)
env["mail.template"].create({"name": "Own", "model_id": model})
env["ir.filters"].create({"name": "Mine", "model_id": "atencion.case", "user_ids": []})
env["ir.exports"].create({"name": "Numbers", "resource": "atencion.case"})
env["ir.default"].set("atencion.case", "priority", "2")
env["ir.actions.server"].create({"name": "Own", "model_id": model, "state": "code", "code": "pass"})
env.cr.commit()
