from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .support.common import AtencionCommon

QUIET = {"tracking_disable": True, "mail_notrack": True, "mail_create_nolog": True}


@tagged("post_install", "-at_install")
class TestRequestKept(AtencionCommon):
    """What a customer asked for, who they are, and what they were told: no change is silent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.create_case(
            contract_id=cls.contract.id,
            requester_id=cls.customer.partner_id.id,
            user_id=cls.agent.id,
            description="<p>The ceiling leaks</p>",
            response="<p>We come on Monday</p>",
            external_ref="OLD-1",
        )
        cls.env.cr.flush()

    def lines(self, case=None):
        """The bodies and the changed values of the log, the newest first, and who wrote them."""
        self.env.cr.flush()
        messages = (case or self.case).sudo().message_ids
        return [
            (
                message.body,
                message.sudo().tracking_value_ids.field_id.mapped("name"),
                message.author_id,
            )
            for message in messages
        ]

    def bodies(self, case=None):
        return "".join(body for body, _names, _author in self.lines(case))

    def changed(self, case=None):
        return {name for _body, names, _author in self.lines(case) for name in names}

    def test_changed_text_stays_readable(self):
        case = self.on(self.agent, self.case)
        case.write({"description": "<p>The customer withdraws</p>"})
        body, _names, author = self.lines()[0]
        self.assertIn("<p>The ceiling leaks</p></blockquote>", body)
        self.assertEqual(author, self.agent.partner_id)
        self.move(self.case, "CLO", resolution="<p>Seal changed</p>")
        self.on(self.supervisor, self.case).web_save({"response": False}, {"response": {}})
        self.assertIn("<p>We come on Monday</p></blockquote>", self.lines()[0][0])

    def test_every_path_leaves_the_line(self):

        def note(case):
            return case.env["atencion.note"].create(
                {"name": "Visit", "body": "<p>x</p>", "case_ids": case.ids}
            )

        paths = {
            "context": lambda case: case.with_context(**QUIET).write({"description": "<p>X</p>"}),
            "nested": lambda case: note(case).write(
                {"case_ids": [Command.update(case.id, {"description": "<p>X</p>"})]}
            ),
            "import": lambda case: self.assertFalse(
                case.load([".id", "description"], [[str(case.id), "<p>X</p>"]])["messages"]
            ),
        }
        for name, path in paths.items():
            with self.subTest(name):
                case = self.create_case(
                    contract_id=self.contract.id, description=f"<p>{name} asked</p>"
                )
                self.env.cr.flush()
                path(self.on(self.manager, case))
                self.assertIn(f"<p>{name} asked</p></blockquote>", self.bodies(case))

    def test_one_line_for_one_transaction(self):
        case = self.on(self.agent, self.case)
        before = len(self.lines())
        for text in ("<p>One</p>", "<p>Two</p>", "<p>Three</p>"):
            case.write({"description": text})
        self.on(self.supervisor, self.case).write({"description": "<p>Four</p>"})
        lines = self.lines()
        self.assertEqual(len(lines), before + 2)
        self.assertIn("<p>Three</p></blockquote>", lines[0][0])
        self.assertIn("<p>The ceiling leaks</p></blockquote>", lines[1][0])

    def test_no_line_without_a_change(self):
        before = len(self.lines())
        case = self.on(self.agent, self.case)
        case.write({"description": "<p>The ceiling leaks</p>"})
        case.write({"response": "<p>Tuesday</p>"})
        case.write({"response": "<p>We come on Monday</p>"})
        self.assertEqual(len(self.lines()), before)

    def test_registration_leaves_no_line(self):
        case = self.on(self.agent, self.env["atencion.case"]).create(
            self.case_values(description="<p>It drips</p>")
        )
        case.write({"description": "<p>It drips a lot</p>", "requester_phone": "987654321"})
        self.assertNotIn("blockquote", self.bodies(case))
        self.assertFalse(self.changed(case))

    def test_line_of_a_confidential_case_is_for_its_readers(self):
        self.case.is_confidential = True
        self.on(self.agent, self.case).write({"description": "<p>Other</p>"})
        self.env.cr.flush()
        line = self.case.message_ids[0]
        self.assertIn("The ceiling leaks", line.body)
        self.assertTrue(line.is_internal or line.subtype_id.internal)
        for user in (self.agent2, self.customer):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.on(user, line).read(["body"])

    def test_who_asks_is_tracked(self):
        self.on(self.agent, self.case).write(
            {
                "requester_id": self.holder.id,
                "requester_firstname": "Ana",
                "requester_lastname": "Ruiz",
                "requester_phone": "987654321",
                "requester_phone2": "987654322",
                "requester_email": "ana@example.com",
                "requester_identity": "1234",
                "external_ref": "OLD-2",
            }
        )
        self.assertGreaterEqual(
            self.changed(),
            {
                *("requester_id", "requester_firstname", "requester_lastname", "external_ref"),
                *("requester_phone", "requester_phone2", "requester_email", "requester_identity"),
            },
        )

    def test_context_of_a_client_hides_no_change(self):
        values = {
            "is_confidential": True,
            "subject": "Other",
            "unit_id": self.flat2.id,
            "contract_id": self.contract2.id,
            "legal_user_id": self.legal_adviser.id,
            "user_id": self.agent2.id,
        }
        self.on(self.supervisor, self.case).with_context(**QUIET).write(values)
        self.assertGreaterEqual(self.changed(), set(values))
