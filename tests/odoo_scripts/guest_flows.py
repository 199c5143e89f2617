"""Everyday flows of Odoo, none of which has to do with us.

Runs after count_statements.py and guest_data.py.
"""


@flow(outsider)
def contacts_create(env):
    env["res.partner"].create([{"name": f"New {n}", "vat": f"2060000{n:04}"} for n in range(MANY)])


@flow(outsider)
def contacts_create_abroad(env):
    abroad = {"vat": "US12345677", "country_id": env.ref("base.us").id}
    env["res.partner"].create([abroad | {"name": f"New {n}"} for n in range(MANY)])


@flow(outsider)
def contacts_import(env):
    rows = [[f"Imported {n}", f"i{n}@example.com"] for n in range(MANY)]
    result = env["res.partner"].load(["name", "email"], rows)
    assert result["ids"], result


@flow(outsider)
def contacts_write(env):
    contacts.with_env(env).write({"phone": "+51 999 111 222", "city": "Lima", "email": "x@y.pe"})


@flow(outsider)
def contacts_get_a_company(env):
    company = env["res.partner"].create(
        {"name": "Parent", "is_company": True, "vat": "20600000001"}
    )
    contacts.with_env(env).write({"parent_id": company.id})


@flow(outsider)
def contacts_archive(env):
    contacts.with_env(env).action_archive()


@flow(outsider)
def contacts_delete(env):
    env["res.partner"].create([{"name": f"Short {n}"} for n in range(MANY)]).unlink()


@flow(outsider)
def contacts_list(env):
    specification = {"display_name": {}, "email": {}, "phone": {}, "city": {}, "vat": {}}
    env["res.partner"].web_search_read([("name", "ilike", "contact")], specification, limit=80)


@flow(outsider)
def contacts_form(env):
    specification = {
        "name": {},
        "vat": {},
        "parent_id": {"fields": {"display_name": {}}},
        "category_id": {"fields": {"display_name": {}}},
        "child_ids": {"fields": {"name": {}, "email": {}}},
        "user_ids": {"fields": {"login": {}}},
    }
    contacts[0].with_env(env).web_read(specification)


@flow(outsider)
def contacts_onchange(env):
    specification = {"name": {}, "vat": {}, "country_id": {}, "phone": {}, "parent_id": {}}
    values = {"name": "New", "vat": "20600000001", "country_id": env.ref("base.pe").id}
    env["res.partner"].onchange(values, ["vat", "country_id"], specification)


@flow(outsider)
def contacts_name_search(env):
    env["res.partner"].name_search("conta", limit=8)


@flow(outsider)
def contacts_name_search_with_digits(env):
    env["res.partner"].name_search("Contact 12", limit=8)


@flow(outsider)
def contacts_grouped(env):
    env["res.partner"].formatted_read_group([], ["country_id"], ["__count"])


@flow(administrator)
def users_create(env):
    values = [{"name": f"User {n}", "login": f"user{n}"} for n in range(3)]
    env["res.users"].create(values)


@flow(administrator)
def users_write(env):
    outsider.with_env(env).write({"email": "other@example.com", "signature": "<p>Bye</p>"})


@flow(administrator)
def users_groups(env):
    outsider.with_env(env).write({"group_ids": [(4, env.ref("base.group_system").id)]})


@flow(outsider)
def events_create(env):
    env["calendar.event"].create(
        [
            {
                "name": f"New {n}",
                "start": MONDAY,
                "stop": MONDAY + timedelta(hours=1),
                "partner_ids": [(6, 0, contacts[:3].ids)],
            }
            for n in range(MANY)
        ]
    )


@flow(outsider)
def events_move(env):
    for event in events.with_env(env):
        event.write({"start": event.start + timedelta(days=1), "stop": event.stop + timedelta(1)})


@flow(outsider)
def events_write(env):
    events.with_env(env).write({"location": "Office", "privacy": "private"})


@flow(outsider)
def events_recurring(env):
    event = env["calendar.event"].create(
        {
            "name": "Every day",
            "start": MONDAY,
            "stop": MONDAY + timedelta(hours=1),
            "recurrency": True,
            "rrule_type": "daily",
            "interval": 1,
            "end_type": "count",
            "count": 5,
        }
    )
    event.write({"name": "Every morning", "recurrence_update": "all_events"})


@flow(outsider)
def events_search(env):
    env["calendar.event"].web_search_read(
        [("start", ">=", MONDAY)], {"name": {}, "partner_ids": {}, "privacy": {}}, limit=80
    )


@flow(outsider)
def events_delete(env):
    events.with_env(env).unlink()


@flow(outsider)
def activities_life(env):
    activities = env["mail.activity"]
    for contact in contacts.with_env(env):
        activities |= contact.activity_schedule("mail.mail_activity_data_todo", summary="Call")
    activities.write({"date_deadline": MONDAY.date()})
    activities[:10].action_feedback("Called")
    activities[10:].unlink()


@flow(outsider)
def activities_search(env):
    env["mail.activity"].web_search_read([], {"summary": {}, "res_name": {}}, limit=80)
    env["res.users"]._get_activity_groups()


@flow(outsider)
def messages_post(env):
    for contact in contacts.with_env(env):
        contact.message_post(body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment")


@flow(outsider)
def messages_search(env):
    found = env["mail.message"].search([("model", "=", "res.partner")], limit=80)
    found.mapped("preview")


@flow(outsider)
def followers(env):
    for contact in contacts.with_env(env):
        contact.message_subscribe(partner_ids=outsider.partner_id.ids)
        contact.message_unsubscribe(partner_ids=outsider.partner_id.ids)


@flow(outsider)
def attachments_life(env):
    files = env["ir.attachment"].create(
        [
            {"name": f"{n}.txt", "raw": b"text", "res_model": "res.partner", "res_id": contact.id}
            for n, contact in enumerate(contacts)
        ]
    )
    files.write({"description": "Scan"})
    files.read(["name", "description"])
    files.unlink()


@flow(administrator)
def leaves_life(env):
    hours = {"date_from": MONDAY, "date_to": MONDAY + timedelta(hours=8)}
    leaves = env["resource.calendar.leaves"].create(
        [hours | {"name": f"Closed {n}", "calendar_id": calendar.id} for n in range(MANY)]
    )
    leaves.write({"name": "Inventory"})
    leaves.unlink()


@flow(administrator)
def leaves_of_a_person(env):
    hours = {"date_from": MONDAY, "date_to": MONDAY + timedelta(hours=8)}
    leave = env["resource.calendar.leaves"].create(
        hours | {"name": "Doctor", "calendar_id": calendar.id, "resource_id": person.id}
    )
    leave.unlink()


@flow(administrator)
def calendars_life(env):
    new = env["resource.calendar"].create({"name": "Nights"})
    new.write({"tz": "America/Bogota"})
    new.attendance_ids[:2].write({"hour_to": 11.5})
    new.unlink()


@flow(administrator)
def companies_create(env):
    env["res.company"].create({"name": "Other"})


@flow(administrator)
def companies_write(env):
    env.company.write({"name": "Renamed", "phone": "+51 1 555 0000"})


@flow(administrator)
def mail_templates_life(env):
    new = template.with_env(env).copy()
    new.write({"subject": "Good day"})
    new.unlink()


@flow(outsider)
def mail_templates_send(env):
    template.with_env(env).sudo().send_mail_batch(contacts.ids)


@flow(administrator)
def roles_life(env):
    role = env["res.role"].create({"name": "Cooks", "user_ids": [(6, 0, outsider.ids)]})
    role.write({"name": "Chefs"})
    role.unlink()


@flow(administrator)
def activity_plans_life(env):
    steps = [
        (0, 0, {"activity_type_id": todo.id, "summary": "Call", "responsible_type": "on_demand"})
    ]
    plan = env["mail.activity.plan"].create(
        {"name": "Welcome", "res_model": "res.partner", "template_ids": steps}
    )
    plan.unlink()


print_counts()


@flow(outsider)
def mail_of_another_application(env):
    """A mail to an address of another application, and an answer to a message of one."""
    gateway = env(user=env.ref("base.user_root"), su=True)["mail.thread"]
    head = "From: rosa@example.com\nSubject: Hello\nMessage-ID: <%s@example.com>\n%s\n\nHello"
    answered = f"To: catchall@guest.example\nIn-Reply-To: {guest_message.message_id}"
    for number, headers in enumerate(("To: guests@guest.example", answered)):
        assert gateway.message_process(False, head % (number, headers))
