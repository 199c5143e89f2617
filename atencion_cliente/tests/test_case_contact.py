from odoo.tests import tagged

from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestCaseContact(AtencionCommon):
    """Who asks is reached by a click: as their contact says, as typed, or by the holder."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lima.country_id = cls.env.ref("base.pe")
        people = cls.env["res.partner"].create(
            [
                {"name": "Rosa", "phone": "+51 987 654 321", "email": "rosa@example.com"},
                {"name": "Holding", "phone": "+51 1 4457890", "email": "holding@example.com"},
            ]
        )
        cls.rosa, cls.holding = people

    def reached(self, **values):
        case = self.on(self.agent, self.create_case(**values))
        return case.contact_phone, case.contact_email, case.contact_whatsapp

    def test_a_contact(self):
        self.assertEqual(
            self.reached(partner_id=self.holding.id, requester_id=self.rosa.id),
            ("+51 987 654 321", "rosa@example.com", "https://wa.me/51987654321"),
        )

    def test_a_person_who_is_typed(self):
        typed = {"requester_firstname": "Ana", "requester_phone": "912 345 678"}
        phone, email, chat = self.reached(partner_id=self.holding.id, **typed)
        self.assertEqual((phone, chat), ("+51912345678", "https://wa.me/51912345678"))
        self.assertEqual(email, "holding@example.com")

    def test_the_holder(self):
        self.assertEqual(
            self.reached(partner_id=self.holding.id),
            ("+51 1 4457890", "holding@example.com", False),
        )

    def test_nobody(self):
        self.assertEqual(self.reached(partner_id=False), (False, False, False))

    def test_the_state_before(self):
        case = self.ready_case()
        self.assertFalse(case.previous_stage_id)
        first = case.stage_id
        self.move(case, "WCE")
        self.assertEqual(case.previous_stage_id, first)
