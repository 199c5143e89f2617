from contextlib import suppress

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .support.common import AtencionCommon

# Fields that a customer never reads of their case.
INTERNAL = (
    "resolution",
    "stage_note",
    "history_ids",
    "note_ids",
    "solution_id",
    "legal_user_id",
    "is_confidential",
    "provider_statement",
    "event_ids",
    "related_attachment_ids",
)
# All that a call gives a customer, model by model: what the pages of the portal show.
READ_BY_CUSTOMERS = {
    "atencion.case": {
        *("access_url", "active", "attention_date", "company_id", "contract_id", "description"),
        *("display_name", "external_ref", "id", "name", "project_id", "received_at"),
        *("place_id", "request_date", "response", "stage_id", "subject", "type_id", "unit_id"),
    },
}
READ_BY_CUSTOMER = ("name", "subject", "description", "response", "request_date", "stage_id")


@tagged("post_install", "-at_install")
class TestAccessPortal(AtencionCommon):
    """Customers see the cases that they requested, hold or co-hold, and nothing internal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.create_case(
            contract_id=cls.contract.id,
            requester_id=cls.customer.partner_id.id,
            resolution="<p>Internal</p>",
            response="<p>For the customer</p>",
        )

    def _sees(self, user):
        return self.on(user, self.case).has_access("read")

    def test_requester_holder_and_coholder_see_the_case(self):
        for user in (self.customer, self.portal_holder, self.portal_coholder):
            with self.subTest(user=user.login):
                self.assertTrue(self._sees(user))
                found = self.on(user, self.env["atencion.case"]).search([])
                self.assertEqual(found, self.case)

    def test_stranger_and_public_do_not(self):
        for user in (self.portal_stranger, self.public, self.outsider):
            with self.subTest(user=user.login):
                self.assertFalse(self._sees(user))
                with self.assertRaises(AccessError):
                    self.on(user, self.case).read(["name"])
        self.assertFalse(self.on(self.portal_stranger, self.env["atencion.case"]).search([]))

    def test_former_coholder_no_longer_sees_it(self):
        line = self.contract.holder_ids.filtered(lambda h: h.partner_id == self.coholder)
        line.date_to = "2025-01-01"
        self.assertFalse(self._sees(self.portal_coholder))

    def test_contact_of_a_company_sees_the_companys_cases(self):
        firm = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        self.portal_stranger.partner_id.parent_id = firm
        self.case.partner_id = firm
        self.assertTrue(self._sees(self.portal_stranger))

    def test_who_becomes_a_customer_reads_as_one_at_once(self):
        case, hidden = self.on(self.agent2, self.case), self.case._fields["area_id"]
        self.assertTrue(case._has_field_access(hidden, "read"))
        portal = self.env.ref("base.group_portal")
        self.agent2.write({"group_ids": [Command.set(portal.ids)]})
        self.assertFalse(case._has_field_access(hidden, "read"))

    def test_customer_reads_the_public_fields(self):
        [values] = self.on(self.customer, self.case).read(READ_BY_CUSTOMER)
        self.assertIn("For the customer", values["response"])
        self.assertEqual(values["stage_id"][0], self.case.stage_id.id)

    def test_a_call_gives_customers_what_the_pages_show(self):
        names = [
            *(self.repairs.name, self.agent.name, self.area_user.name),
            *(self.legal_adviser.name, self.env.user.name),
        ]
        self.case.write({"user_id": self.agent.id, "legal_user_id": self.legal_adviser.id})
        for user in (self.customer, self.portal_holder, self.portal_coholder):
            readable = {
                model
                for model in self.env
                if model.startswith("atencion.")
                and not self.env[model]._abstract
                and self.env[model].with_user(user).has_access("read")
            }
            self.assertEqual(readable, set(READ_BY_CUSTOMERS))
            for model, fields in READ_BY_CUSTOMERS.items():
                with self.subTest(user=user.login, model=model):
                    records = self.on(user, self.env[model]).search([])
                    [values] = records.read()
                    self.assertEqual(set(values), fields)
                    for name in names:
                        self.assertNotIn(name, str(values))
                    self.assertEqual(set(records.fields_get()), fields)
                    [values] = records.search_read([])
                    self.assertEqual(set(values), fields)

    def test_fields_of_the_staff_are_unreadable_one_by_one(self):
        case = self.on(self.customer, self.case)
        for name in set(case._fields) - READ_BY_CUSTOMERS["atencion.case"]:
            with self.subTest(name), self.assertRaises(AccessError):
                case.read([name])
        for call in (
            lambda: case.search([("user_id.name", "ilike", "a")]),
            lambda: case.search([("area_id", "ilike", "Repairs")]),
            lambda: case.search([], order="user_id"),
            lambda: case.formatted_read_group([], ["area_id"], ["__count"]),
            lambda: case.mapped("user_id"),
            lambda: case.web_read({"area_id": {"fields": {"display_name": {}}}}),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_internal_fields_are_unreadable(self):
        for name in INTERNAL:
            for user in (self.customer, self.portal_holder):
                with self.subTest(field=name, user=user.login):
                    with self.assertRaises(AccessError):
                        self.on(user, self.case).read([name])

    def test_internal_fields_are_not_searched_nor_grouped(self):
        model = self.on(self.customer, self.env["atencion.case"])
        with self.assertRaises(AccessError):
            model.search([("resolution", "ilike", "Internal")])
        with self.assertRaises(AccessError):
            model.formatted_read_group([], ["is_confidential"], ["__count"])

    def test_no_hidden_field_is_searched_nor_grouped(self):
        """Fields that are not stored bring a search of their own, such as the alert of a task."""
        self.case.activity_schedule("mail.mail_activity_data_todo", user_id=self.agent.id)
        model = self.on(self.customer, self.env["atencion.case"])
        hidden = set(model._fields) - READ_BY_CUSTOMERS["atencion.case"]
        searched = {name for name in hidden if model._fields[name].search or name in INTERNAL}
        for name in (
            "activity_state",
            "activity_user_id",
            "alert_state",
            "my_activity_date_deadline",
        ):
            self.assertIn(name, searched)
        for name in hidden:
            for domain in ([(name, "!=", False)], ["!", (name, "=", False)]):
                for call in (model.search, model.search_count, model.search_read):
                    with self.subTest(name, domain=domain), self.assertRaises(AccessError):
                        call(domain)
            # Odoo says of some fields that nobody groups by them.
            with self.subTest(name), suppress(AccessError, ValueError):
                model.formatted_read_group([], [name], ["__count"])
                self.fail("it is grouped")

    def test_no_hidden_field_orders_or_groups(self):
        """Related fields neither, whose value is in a record that customers may read."""
        model = self.on(self.customer, self.env["atencion.case"])
        self.assertFalse({"form", "is_closed", "stage_code"} & READ_BY_CUSTOMERS["atencion.case"])
        for name in ("form", "is_closed", "stage_code", "deadline_date", "user_id"):
            calls = (
                lambda name=name: model.web_read_group([], [name], ["__count"]),
                lambda name=name: model.formatted_read_group([], [name], ["__count"]),
                lambda name=name: model.web_read_group([], ["stage_id"], [f"{name}:max"]),
                lambda name=name: model.search([], order=name),
                lambda name=name: model.search_read([], ["name"], order=f"name, {name} desc"),
                lambda name=name: model.web_search_read([], {"name": {}}, order=name),
                lambda name=name: model.search([(name, "!=", False)]),
            )
            for number, call in enumerate(calls):
                with self.subTest(name, call=number), self.assertRaises(AccessError):
                    call()

    def test_what_customers_read_groups_and_orders(self):
        model = self.on(self.customer, self.env["atencion.case"])
        counts = [
            model.formatted_read_group([], ["stage_id"], ["__count"]),
            model.web_read_group([], ["stage_id"], ["__count"])["groups"],
            model.formatted_read_grouping_sets([], [["stage_id"]], ["__count"])[0],
        ]
        for groups in counts:
            self.assertEqual(sum(group["__count"] for group in groups), model.search_count([]))
        self.assertTrue(model.search([], order="request_date desc, stage_id, name"))

    def test_customer_does_not_search_by_records_of_the_case(self):
        """Odoo searches in messages without record rules, including internal notes."""
        self.case.message_post(body="He owes two payments", subtype_xmlid="mail.mt_note")
        domains = (
            [("message_ids.body", "ilike", "owes")],
            [("message_ids", "any", [("body", "ilike", "owes")])],
            ["|", ("id", "=", 0), "!", ("website_message_ids.body", "not ilike", "owes")],
            [("message_partner_ids", "in", self.agent.partner_id.ids)],
            [("activity_ids.summary", "ilike", "a")],
            [("rating_ids.feedback", "ilike", "a")],
        )
        model = self.on(self.customer, self.env["atencion.case"])
        for domain in domains:
            with self.subTest(domain):
                for call in (model.search, model.search_count):
                    with self.assertRaises(AccessError):
                        call(domain)
                with self.assertRaises(AccessError):
                    model.formatted_read_group(domain, [], ["__count"])
        self.assertTrue(model.search([("subject", "!=", False)]))

    def test_customer_chooses_neither_address_nor_author(self):
        case = self.on(self.customer, self.case)
        said = {"body": "Hello", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        usual = case.message_post(**said)
        for name, value in (
            ("outgoing_email_to", "victim@example.org"),
            ("mail_server_id", 1),
            ("date", "2020-01-01 00:00:00"),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                case.message_post(**said, **{name: value})
        for name, value in (
            ("reply_to", "me@example.org"),
            ("email_from", self.agent.email_formatted),
        ):
            message = case.message_post(**said, **{name: value}).sudo()
            with self.subTest(name):
                self.assertEqual(message.author_id, self.customer.partner_id)
                self.assertEqual(message.email_from, self.customer.email_formatted)
                self.assertEqual(message.reply_to, usual.sudo().reply_to)

    def test_customer_changes_nothing(self):
        case = self.on(self.customer, self.case)
        with self.assertRaises(AccessError):
            case.write({"subject": "Mine"})
        with self.assertRaises(AccessError):
            case.create(self.case_values())
        with self.assertRaises(AccessError):
            case.unlink()
        with self.assertRaises(AccessError):
            case._change_stage(self.stages["REJ"], "Reason")
        with self.assertRaises(AccessError):
            case.action_assign_to_me()

    def test_internal_notes_and_state_notes_are_not_read(self):
        self.case.message_post(body="Between us", subtype_xmlid="mail.mt_note")
        self.case.message_post(body="To the customer", subtype_xmlid="mail.mt_comment")
        self.move(self.case, "WCE", "Sent to the lawyer")
        for user in (self.customer, self.portal_coholder):
            messages = self.on(user, self.env["mail.message"]).search(
                [("model", "=", "atencion.case"), ("res_id", "=", self.case.id)]
            )
            bodies = " ".join(messages.mapped("body"))
            self.assertIn("To the customer", bodies)
            self.assertNotIn("Between us", bodies)
            self.assertNotIn("Sent to the lawyer", bodies)

    def test_nothing_internal_is_read_by_its_id(self):
        """Whatever its kind, and also through another message of theirs."""
        note = {"model": "atencion.case", "res_id": self.case.id, "body": "<p>Among us</p>"}
        mine = self.on(self.customer, self.env["mail.message"])
        subtypes = (self.env.ref("mail.mt_note").id, False)
        messages = self.env["mail.message"].create(
            [
                note | {"message_type": kind, "subtype_id": subtype}
                for kind in ("notification", "email", "email_outgoing", "user_notification")
                for subtype in subtypes
            ]
            + [
                note
                | {
                    "message_type": "notification",
                    "subtype_id": self.env.ref("mail.mt_comment").id,
                    "is_internal": True,
                }
            ]
        )
        self.env.flush_all()
        for message in messages:
            theirs = mine.browse(message.id)
            doors = {
                "read": lambda theirs=theirs: theirs.read(["body"]),
                "web_read": lambda theirs=theirs: theirs.web_read({"body": {}}),
                "copy": lambda theirs=theirs: theirs.copy_data(),
                "label": lambda theirs=theirs: theirs.web_read({"display_name": {}}),
            }
            for name, door in doors.items():
                with self.subTest(message.message_type, door=name):
                    self.env.invalidate_all()
                    with self.assertRaises(AccessError):
                        door()
        answer = self.case.message_post(
            body="Told", subtype_xmlid="mail.mt_comment", parent_id=messages[0].id
        )
        self.env.flush_all()
        self.env.invalidate_all()
        read = mine.browse(answer.id)
        self.assertIn("Told", read.read(["body"])[0]["body"])
        with suppress(AccessError):
            found = read.web_read({"parent_id": {"fields": {"body": {}, "preview": {}}}})
            self.assertNotIn("Among us", str(found))
        self.env.invalidate_all()
        self.assertIn("Among us", self.on(self.agent, messages[0]).body)

    def test_ledger_documents_and_notes_are_not_read(self):
        self.case.document_ids = [(0, 0, {"name": "Letter"})]
        for records in (self.ledger_entries(self.case), self.case.document_ids, self.contract):
            with self.subTest(model=records._name), self.assertRaises(AccessError):
                self.on(self.customer, records).read(["display_name"])

    def test_lookup_serves_no_customer(self):
        with self.assertRaises(AccessError):
            self.on(self.customer, self.env["atencion.case"]).lookup("70000101")

    def test_confidential_case_is_still_the_customers(self):
        self.case.is_confidential = True
        self.assertTrue(self._sees(self.customer))
