from odoo.tests import Form, tagged

from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestCasePrevious(AtencionCommon):
    """The earlier cases of the holder and of the unit, while one is registered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        day = "2026-01-%02d 12:00:00"
        cls.of_holder = cls.create_case(
            partner_id=cls.holder.id, received_at=day % 1, user_id=cls.agent.id
        )
        cls.of_unit = cls.create_case(
            unit_id=cls.flat.id, partner_id=cls.stranger.id, received_at=day % 2
        )
        cls.hidden = cls.create_case(
            partner_id=cls.holder.id, received_at=day % 3, area_id=cls.deeds.id
        )
        cls.other = cls.create_case(partner_id=cls.stranger.id, received_at=day % 4)

    def form(self, user=None):
        return Form(self.on(user or self.agent, self.env["atencion.case"]))

    def test_they_follow_holder_and_unit_before_the_case_is_saved(self):
        form = self.form()
        self.assertEqual(form.previous_case_count, 0)
        self.assertFalse(form.previous_case_ids[:])
        form.partner_id = self.holder
        self.assertEqual(form.previous_case_count, 1)
        self.assertEqual(form.previous_case_ids[:].ids, self.of_holder.ids)
        form.unit_id = self.flat
        self.assertEqual(set(form.previous_case_ids[:].ids), {self.of_unit.id, self.of_holder.id})
        form.partner_id = self.stranger
        self.assertIn(self.other.id, form.previous_case_ids[:].ids)
        form.partner_id = self.env["res.partner"]
        form.unit_id = self.env["atencion.unit"]
        self.assertEqual(form.previous_case_count, 0)

    def test_only_what_the_user_sees(self):
        form = self.form(self.supervisor)
        form.partner_id = self.holder
        self.assertEqual(form.previous_case_ids[:].ids, (self.hidden | self.of_holder).ids)

    def test_the_latest_five_and_the_number_of_all(self):
        cases = self.create_cases(7, partner_id=self.coholder.id)
        form = self.form()
        form.partner_id = self.coholder
        self.assertEqual(form.previous_case_count, 7)
        self.assertEqual(form.previous_case_ids[:].ids, cases.sorted("id").ids[:1:-1])

    def test_a_saved_case_is_none_of_its_own(self):
        case = self.on(self.agent, self.of_holder)
        self.assertEqual(case.previous_case_count, 0)
        self.assertEqual(self.on(self.supervisor, self.of_holder).previous_case_ids, self.hidden)
        action = self.on(self.supervisor, self.of_holder).action_open_previous_cases()
        found = self.env["atencion.case"].search(action["domain"])
        self.assertEqual(found, self.hidden)

    def test_they_cost_two_statements(self):
        self.create_cases(7, partner_id=self.coholder.id)
        model = self.on(self.supervisor, self.env["atencion.case"])
        # Rights and defaults are in the cache of every worker.
        self.assertTrue(model.new({"partner_id": self.holder.id}).previous_case_ids)
        model.env.invalidate_all()
        for count, partner in ((2, self.coholder), (1, self.holder)):
            case = model.new({"partner_id": partner.id})
            with self.assertQueryCount(count):
                self.assertTrue(all(case.previous_case_ids.mapped("subject")))
