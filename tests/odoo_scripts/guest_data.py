"""The people and records that the flows of guest_flows.py work with."""

from datetime import datetime, timedelta

MONDAY = datetime(2031, 3, 3, 14)
MANY = 20

env["res.lang"]._activate_lang("en_US")
env = env(context={"lang": "en_US", "tz": "America/Lima", "no_reset_password": True})
outsider = env["res.users"].create(
    {
        "name": "Outsider",
        "login": "outsider",
        "email": "outsider@example.com",
        "group_ids": [
            (6, 0, [env.ref("base.group_user").id, env.ref("base.group_partner_manager").id])
        ],
    }
)
administrator = env.ref("base.user_admin")
contacts = env["res.partner"].create(
    [
        {"name": f"Contact {n}", "email": f"c{n}@example.com", "phone": f"+51 999 000 0{n:02}"}
        for n in range(MANY)
    ]
)
events = env["calendar.event"].create(
    [
        {
            "name": f"Meeting {n}",
            "start": MONDAY + timedelta(days=n),
            "stop": MONDAY + timedelta(days=n, hours=1),
            "partner_ids": [(6, 0, [contacts[n].id, outsider.partner_id.id])],
            "user_id": outsider.id,
        }
        for n in range(MANY)
    ]
)
calendar = env["resource.calendar"].create({"name": "Shifts"})
person = env["resource.resource"].create({"name": "Person", "calendar_id": calendar.id})
template = env["mail.template"].create(
    {
        "name": "Greeting",
        "model_id": env.ref("base.model_res_partner").id,
        "subject": "Hello {{ object.name }}",
        "body_html": "<p>Hello <t t-out='object.name'/></p>",
        "email_to": "{{ object.email }}",
    }
)
todo = env.ref("mail.mail_activity_data_todo")
mail_domain = env["mail.alias.domain"].create({"name": "guest.example"})
env["mail.alias"].create(
    {
        "alias_name": "guests",
        "alias_domain_id": mail_domain.id,
        "alias_model_id": env.ref("base.model_res_partner").id,
    }
)
guest_message = contacts[0].message_post(
    body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment"
)
