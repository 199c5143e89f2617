from itertools import product

from odoo.tests import tagged

from .support.common import AtencionCommon

TEXTS = ("", "Ana", "%", "12")
OPERATORS = ("ilike", "not ilike", "=", "!=")


@tagged("post_install", "-at_install")
class TestRecordNames(AtencionCommon):
    """Records are found by what they are called: every drop-down list, filter and API asks so."""

    def test_every_model_is_searched_by_name(self):
        for name, model in sorted(self.env.items()):
            if not name.startswith("atencion.") or model._abstract:
                continue
            if model._transient and not model._rec_name:
                # Nobody searches dialogs.
                continue
            for operator, text in product(OPERATORS, TEXTS):
                with self.subTest(model=name, operator=operator, text=text):
                    model.name_search(text, operator=operator)
                    model.search([("display_name", operator, text)])

    def test_whoever_is_not_found_is_found_by_the_negation(self):
        texts = ("Quispe", "00000101", "A-101", "CT-1", "qwrtplkj")
        for name, model in sorted(self.env.items()):
            is_ours = name.startswith("atencion.") or name == "res.partner"
            if not is_ours or model._abstract or model._transient:
                continue
            every = model.search([])
            for text in texts:
                with self.subTest(model=name, text=text):
                    found = model.search([("display_name", "ilike", text)])
                    others = model.search([("display_name", "not ilike", text)])
                    self.assertFalse(found & others)
                    self.assertEqual(len(found | others), len(every))

    def test_changes_of_settings_by_the_name_of_the_setting(self):
        self.lima.atencion_max_days_urgent = 3
        changes = self.env["atencion.setting.change"].with_user(self.manager)
        [change] = changes.search([("field_name", "=", "atencion_max_days_urgent")])
        found = changes.name_search(change.setting[1:-1])
        self.assertIn((change.id, change.setting), found)
        self.assertNotIn(change, changes.search([("setting", "not ilike", change.setting)]))
        self.assertFalse(changes.name_search("no such setting"))

    def test_openings_by_the_name_of_the_person(self):
        openings = self.env["atencion.case.access"]
        case = self.create_case()
        openings._record(case, self.lima, "form", self.agent, self.env["res.partner"])
        openings._record(case, self.lima, "portal", self.env["res.users"], self.holder)
        for person in (self.agent, self.holder):
            with self.subTest(person.name):
                found = openings.name_search(person.name, [("case_id", "=", case.id)])
                self.assertEqual([name for _id, name in found], [person.name])
