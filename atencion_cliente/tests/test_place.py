from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestPlace(AtencionCommon):
    """The place in the unit: from a list of the company, or of all companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kitchen, cls.roof, cls.patio = cls.env["atencion.place"].create(
            [
                {"name": "Kitchen"},
                {"name": "Roof", "company_id": cls.lima.id},
                {"name": "Patio", "company_id": cls.santiago.id},
            ]
        )
        cls.case = cls.create_case(
            unit_id=cls.flat.id, partner_id=cls.holder.id, place_id=cls.kitchen.id
        )

    def test_it_is_chosen_on_the_form(self):
        with Form(self.on(self.agent, self.case)) as form:
            form.place_id = self.roof
        self.assertEqual(self.case.place_id, self.roof)

    def test_people_choose_from_those_of_their_company_and_the_shared_ones(self):
        places = self.on(self.agent, self.env["atencion.place"]).search([])
        self.assertIn(self.kitchen, places)
        self.assertIn(self.roof, places)
        self.assertNotIn(self.patio, places)

    def test_a_place_of_another_company_is_refused(self):
        with self.assertRaises(UserError):
            self.case.place_id = self.patio

    def test_an_archived_place_is_refused_and_stays_where_it_was(self):
        closed = self.create_case(place_id=self.roof.id, resolution="<p>Sealed</p>")
        self.move(closed, "CLO")
        self.roof.active = False
        with self.assertRaisesRegex(ValidationError, "Roof"):
            self.case.place_id = self.roof
        closed.priority = "2"
        self.assertEqual(closed.place_id, self.roof)

    def test_a_solution_takes_it(self):
        self.case.write({"resolution": "<p>Sealed</p>"})
        self.move(self.case, "CLO")
        self.assertEqual(self.case.recorded_solution_ids.place_id, self.kitchen)

    def test_cases_are_searched_and_grouped_by_it(self):
        cases = self.on(self.agent, self.env["atencion.case"])
        domain = [("place_id", "ilike", "kitch")]
        self.assertEqual(cases.search(domain), self.case)
        groups = cases.formatted_read_group(domain, ["place_id"], ["__count"])
        self.assertEqual([group["__count"] for group in groups], [1])

    def test_a_file_names_it(self):
        cases = self.on(self.agent, self.env["atencion.case"])
        columns = ["subject", "type_id", "place_id"]
        row = ["Drip", self.type_no_limit.name]
        answer = cases.load(columns, [[*row, "Kitchen"]])
        self.assertEqual(cases.browse(answer["ids"]).place_id, self.kitchen)
        self.env["atencion.place"].create({"name": "Kitchen", "company_id": self.lima.id})
        answer = cases.load(columns, [[*row, "Kitchen"]])
        self.assertFalse(answer["ids"], "two places have this name")

    def test_customers_read_it_on_their_page_only(self):
        self.case.write({"partner_id": self.portal_holder.partner_id.id})
        mine = self.on(self.portal_holder, self.case)
        self.assertTrue(mine.read(["place_id"]))
        self.assertFalse(mine.env["atencion.place"].has_access("read"))

    def test_it_is_in_no_new_requirement_of_the_same_customer(self):
        context = self.on(self.agent, self.case).action_create_requirement()["context"]
        self.assertNotIn("default_place_id", context)
        self.assertIn("default_unit_id", context)

    def test_a_place_in_use_is_not_deleted(self):
        places = self.on(self.manager, self.roof)
        self.case.place_id = self.roof
        with self.assertRaisesRegex(UserError, "Open cases: 1"):
            places.unlink()
        self.case.place_id = False
        self.assertTrue(places.unlink())

    def test_through_a_line_it_is_checked_too(self):
        """Nested commands reach the same check."""
        with self.assertRaises(UserError):
            self.holder.write(
                {"atencion_case_ids": [Command.update(self.case.id, {"place_id": self.patio.id})]}
            )
