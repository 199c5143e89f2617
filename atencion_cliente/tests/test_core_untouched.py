"""What other users of the database do with records that are not ours.

It works without any group of ours, and costs what it costs without our overrides.
"""

from contextlib import ExitStack
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import Form, TransactionCase, new_test_user, tagged

# Whose messages they are is read before any is deleted, once for all of them.
MORE = {"messages deleted": 1}
START = datetime(2031, 5, 6, 15)
STOP = START + timedelta(hours=1)
LATER = {"start": START + timedelta(days=1), "stop": STOP + timedelta(days=1)}
OURS = "odoo.addons.atencion_cliente"
# Of Odoo's models that companies use beside us, the ones that we extend.
CORE_MODELS = (
    "base_import.import",
    "calendar.event",
    "crm.lead",
    "ir.attachment",
    "mail.activity",
    "mail.compose.message",
    "mail.followers",
    "mail.message",
    "mail.scheduled.message",
    "rating.rating",
    "product.template",
    "res.partner",
    "sale.order",
    "sale.order.line",
)


@tagged("post_install", "-at_install")
class TestCoreUntouched(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsider = new_test_user(cls.env, "core.outsider", "base.group_user")
        groups = "base.group_user,base.group_partner_manager"
        if "account.move" in cls.env:
            # With accounting, only who reads entries deletes messages.
            groups += ",account.group_account_readonly"
        cls.clerk = new_test_user(cls.env, "core.clerk", groups)
        cls.partner = cls.env["res.partner"].create({"name": "Somebody"})

    def events(self, count=1, user=None, **vals):
        values = {"name": "Meeting", "start": START, "stop": STOP} | vals
        return self.of(user or self.outsider, "calendar.event").create(
            [dict(values) for _index in range(count)]
        )

    def activities(self, count=1):
        values = {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "res_id": self.partner.id,
            "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
            "summary": "Call",
            "user_id": self.clerk.id,
        }
        return self.of(self.clerk, "mail.activity").create(
            [dict(values) for _index in range(count)]
        )

    def partners(self, count=1):
        return self.of(self.clerk, "res.partner").create(
            [{"name": f"Person {index}", "vat": "9999999999999"} for index in range(count)]
        )

    def messages(self, count=1):
        partner = self.partner.with_user(self.clerk)
        return self.of(self.clerk, "mail.message").union(
            *(partner.message_post(body=str(index)) for index in range(count))
        )

    def of(self, user, model):
        context = dict(self.env.context, no_mail_to_attendees=True)
        return self.env(user=user, context=context)[model]

    # -------------------------------------------------------------------------
    # Rights
    # -------------------------------------------------------------------------

    def test_outsider_has_no_right_of_ours(self):
        with self.assertRaises(AccessError):
            self.of(self.outsider, "atencion.case").check_access("read")

    def test_outsider_plans_moves_and_deletes_meetings(self):
        event = self.events()
        for vals in (LATER, {"name": "Lunch"}, {"partner_ids": [(4, self.partner.id)]}):
            event.write(vals)
        event.action_archive()
        event.action_unarchive()
        event.copy().unlink()
        event.unlink()
        with Form(self.of(self.outsider, "calendar.event")) as form:
            form.name = "By hand"
            form.start, form.stop = START, STOP
        series = self.events(
            recurrency=True, rrule_type_ui="weekly", end_type="count", count=3, tue=True
        )
        self.assertEqual(len(series.recurrence_id.calendar_event_ids), 3)
        series.write({"recurrence_update": "all_events", "name": "Moved", **LATER})

    def test_outsider_plans_meetings_of_other_records(self):
        links = {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "res_id": self.partner.id,
        }
        event = self.events(user=self.clerk, **links)
        self.assertEqual(event.activity_ids.res_model, "res.partner")
        event.write({"res_id": self.clerk.partner_id.id})
        event.write(LATER)
        event.unlink()
        action = {"default_res_model": "res.partner", "default_res_id": self.partner.id}
        prepared = self.of(self.clerk, "calendar.event").with_context(**action)
        prepared.create({"name": "Prepared", "start": START, "stop": STOP}).unlink()

    def test_clerk_plans_does_cancels_and_deletes_activities(self):
        self.activities().action_feedback(feedback="Called")
        self.activities().action_cancel()
        self.activities().unlink()
        activity = self.activities()
        activity.write({"date_deadline": LATER["start"].date(), "summary": "Write"})
        activity.write({"res_id": self.clerk.partner_id.id})
        activity.write({"active": False})
        self.assertFalse(activity.case_id)
        with Form(self.activities()) as form:
            form.summary = "By hand"

    def test_clerk_writes_contacts_messages_files_and_leaves(self):
        partner = self.partners()
        partner.write({"vat": "1790012345001", "country_id": self.env.ref("base.ec").id})
        partner.write({"name": "Other", "phone": "no phone"})
        message = partner.message_post(body="Hello")
        message.unlink()
        attachment = self.of(self.clerk, "ir.attachment").create(
            {"name": "a", "raw": b"a", "res_model": "res.partner", "res_id": partner.id}
        )
        attachment.unlink()
        with Form(partner) as form:
            form.name = "By hand"
        partner.copy().unlink()
        partner.unlink()
        leaves = self.env["resource.calendar.leaves"].create(
            {
                "name": "Leave",
                "calendar_id": self.env.company.resource_calendar_id.id,
                "date_from": START,
                "date_to": STOP,
            }
        )
        leaves.write({"date_to": LATER["stop"]})
        leaves.unlink()

    def test_outsider_reads_what_we_add_to_other_records(self):
        records = (
            self.outsider,
            self.partner,
            self.env.company,
            self.events(),
            self.env.company.resource_calendar_id,
        )
        for record in (*records, self.activities()):
            record = record.with_user(self.outsider)
            mine = record.fields_get(attributes=["type"])
            ours = [name for name in mine if record._fields[name]._module == "atencion_cliente"]
            with self.subTest(record._name, fields=ours):
                record.read([*ours, "display_name"])

    def test_outsider_is_offered_no_template_of_ours(self):
        templates = self.of(self.clerk, "res.partner").get_import_templates()
        self.assertFalse([row for row in templates if "atencion" in row["template"]])

    def test_scheduled_message_of_another_record_has_no_address_of_ours(self):
        message = self.of(self.clerk, "mail.scheduled.message").create(
            {
                "model": "res.partner",
                "res_id": self.partner.id,
                "body": "Hello",
                "scheduled_date": START,
                "author_id": self.clerk.partner_id.id,
                "notification_parameters": '{"outgoing_email_to": "stranger@example.com"}',
            }
        )
        message.post_message()
        self.assertFalse(self.partner.message_ids[0].outgoing_email_to)

    def test_no_contact_is_refused_for_its_number(self):
        ecuador, contacts = self.env.ref("base.ec"), self.env["res.partner"]
        if "vies_valid" in contacts._fields:
            # Odoo's own check of tax numbers is installed.
            contacts = contacts.with_context(no_vat_validation=True)
        for number in ("9999999999999", "0000000000", "?", "/", "DNI", "V-1"):
            with self.subTest(number):
                partner = contacts.create({"name": "X", "vat": number, "country_id": ecuador.id})
                self.assertEqual(partner.vat, number)
                partner.country_id = self.env.ref("base.pe")

    def test_database_fills_what_we_require_of_other_records(self):
        """Odoo updates other modules before it loads ours, and they create records then."""
        required = [
            (model._table, field.name)
            for model in self.env.values()
            if not (model._abstract or model._transient or model._name.startswith("atencion."))
            for field in model._fields.values()
            if field.required and field.store and (field._module or "").startswith("atencion_")
        ]
        self.assertIn(("res_company", "atencion_escalation_mode"), required)
        for table, column in required:
            with self.subTest(table=table, column=column):
                self.env.cr.execute(
                    """SELECT column_default IS NOT NULL OR is_nullable = 'YES'
                    FROM information_schema.columns
                    WHERE table_name = %s AND column_name = %s""",
                    [table, column],
                )
                self.assertEqual(self.env.cr.fetchone(), (True,))

    # -------------------------------------------------------------------------
    # Statements
    # -------------------------------------------------------------------------

    def test_flows_cost_what_they_cost_without_our_overrides(self):
        flows = {
            "events created": (None, lambda count: self.events(count)),
            "events renamed": (self.events, lambda events: events.write({"name": "x"})),
            "events moved": (self.events, lambda events: events.write(dict(LATER))),
            "events moved by another": (
                self.events,
                lambda events: events.with_user(self.clerk).write(dict(LATER)),
            ),
            "events moved one by one": (
                self.events,
                lambda events: [event.write(dict(LATER)) for event in events],
            ),
            "guests": (
                self.events,
                lambda events: events.write({"partner_ids": [(4, self.partner.id)]}),
            ),
            "events archived": (self.events, lambda events: events.write({"active": False})),
            "events linked": (
                self.events,
                lambda events: events.write(
                    {
                        "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                        "res_id": self.partner.id,
                    }
                ),
            ),
            "events deleted": (self.events, lambda events: events.unlink()),
            "events deleted by another": (
                self.events,
                lambda events: events.with_user(self.clerk).unlink(),
            ),
            "activities created": (None, lambda count: self.activities(count)),
            "activities moved": (
                self.activities,
                lambda activities: activities.write({"date_deadline": START.date()}),
            ),
            "activities archived": (
                self.activities,
                lambda activities: activities.write({"active": False}),
            ),
            "activities to another": (
                self.activities,
                lambda activities: activities.write({"res_id": self.clerk.partner_id.id}),
            ),
            "activities done": (self.activities, lambda activities: activities.action_done()),
            "activities cancelled": (
                self.activities,
                lambda activities: activities.action_cancel(),
            ),
            "activities deleted": (self.activities, lambda activities: activities.unlink()),
            "contacts created": (None, lambda count: self.partners(count)),
            "contacts renamed": (self.partners, lambda partners: partners.write({"name": "x"})),
            "contacts moved": (
                self.partners,
                lambda partners: partners.write({"country_id": self.env.ref("base.ec").id}),
            ),
            "contacts of a firm": (
                self.partners,
                lambda partners: partners.write({"parent_id": self.partner.id}),
            ),
            "messages posted": (
                None,
                lambda count: [
                    self.partner.with_user(self.clerk).message_post(body=str(index))
                    for index in range(count)
                ],
            ),
            "messages read": (
                self.messages,
                lambda messages: messages.read(["body", "date", "author_id"]),
            ),
            "messages found": (
                self.messages,
                lambda messages: messages.search([("model", "=", "res.partner")]),
            ),
            "messages deleted": (self.messages, lambda messages: messages.unlink()),
            "files": (
                None,
                lambda count: self.of(self.clerk, "ir.attachment").create(
                    [
                        {
                            "name": "a",
                            "raw": b"a",
                            "res_model": "res.partner",
                            "res_id": self.partner.id,
                        }
                    ]
                    * count
                ),
            ),
            "contacts deleted": (self.partners, lambda partners: partners.unlink()),
        }
        for name, (prepare, act) in flows.items():
            for count in (1, 20):
                with self.subTest(name, records=count):
                    # The first time fills caches.
                    self.statements(prepare, act, count)
                    ours = self.statements(prepare, act, count)
                    with self.without_overrides():
                        self.statements(prepare, act, count)
                        theirs = self.statements(prepare, act, count)
                    self.assertLessEqual(ours, theirs + MORE.get(name, 0))

    def statements(self, prepare, act, count):
        """The statements of a flow on so many records, undone afterwards."""
        with self.env.cr.savepoint() as savepoint:
            records = prepare(count) if prepare else count
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            act(records)
            self.env.flush_all()
            statements = self.env.cr.sql_log_count - before
            savepoint.rollback()
        self.env.invalidate_all()
        return statements

    def without_overrides(self):
        """Let Odoo's methods run as if we had overridden none of its models."""
        stack = ExitStack()
        for model in CORE_MODELS:
            chain = self.env.registry.get(model, object).__mro__
            for position, cls in enumerate(chain):
                if not cls.__module__.startswith(OURS):
                    continue
                before = chain[position + 1 :]
                for name, value in list(vars(cls).items()):
                    overridden = any(name in vars(other) for other in before)
                    if callable(value) and overridden and not name.startswith("__"):
                        stack.enter_context(patch.object(cls, name, _passing(cls, name)))
        return stack


def _passing(cls, name):
    """A method that does what the one before it in the chain does."""

    def method(self, *args, **kwargs):
        return getattr(super(cls, self), name)(*args, **kwargs)

    return method
