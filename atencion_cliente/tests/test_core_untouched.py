"""What other users of the database do with records that are not ours works without any group
of ours, and nothing that we add is in its way."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .support.core_records import LATER, START, STOP, CoreRecords


@tagged("post_install", "-at_install")
class TestCoreUntouched(CoreRecords):
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
