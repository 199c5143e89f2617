from odoo import Command
from odoo.tests import tagged

from .support.common import AtencionCommon
from .support.many_cases import ManyCases

ROWS = 10_000
MODELS = ("atencion.contract", "atencion.unit")
# Most statements of a pick list (measured: 6 and 8).
PICK_LIST = 10


@tagged("post_install", "-at_install")
class TestHolderSearch(ManyCases, AtencionCommon):
    """Units and contracts are found by code or number, and by their holders."""

    def found(self, text, model="atencion.contract", user=None, **options):
        pairs = self.on(user or self.agent, self.env[model]).name_search(text, **options)
        return self.env[model].browse([record_id for record_id, _label in pairs])

    def test_names_in_any_order_and_numbers_with_or_without_signs(self):
        venezuela = self.env.ref("base.ve").id
        self.holder.write(
            {"name": "Óscar Muñoz Díaz", "country_id": venezuela, "vat": "V-20000007-9"}
        )
        for text in (
            "oscar",
            "ÓSCAR",
            "munoz",
            "Diaz  Óscar",
            "oz",
            "v200000079",
            "V-20.000.007-9",
            "0000007",
        ):
            with self.subTest(text=text):
                expected = self.contract | self.contract2
                # A word of two letters is found where it begins one.
                expected = expected.browse() if text == "oz" else expected
                self.assertEqual(self.found(text), expected.sorted("name", reverse=True))
                units = expected.unit_ids.sorted("code")
                self.assertEqual(self.found(text, "atencion.unit"), units)
        self.assertFalse(self.found("0007"), "few digits begin a number")
        self.assertFalse(self.found("oscar nobody"))
        self.assertFalse(self.found("¿?"))
        self.assertEqual(self.found("mu"), self.contract2 | self.contract)

    def test_coholders_are_found_and_each_record_once(self):
        self.assertEqual(self.found("Paredes"), self.contract)
        self.assertEqual(self.found("luis", "atencion.unit"), self.flat)
        self.assertEqual(self.found("CT-1"), self.contract)

    def test_own_label_comes_before_holders(self):
        number = self._contract("70000101", self.env["atencion.unit"], {self.stranger: 100})
        self.assertEqual(self.found("70000101"), number | self.contract2 | self.contract)
        self.assertEqual(self.found("70000101", limit=1), number)
        self.assertEqual(self.found("70000101", limit=2), number | self.contract2)
        self.assertEqual(len(self.found("70000101", limit=None)), 3)

    def test_an_empty_text_lists_all_in_their_order(self):
        self.assertEqual(self.found("", limit=1), self.contract2)
        self.assertEqual(self.found("ct-", limit=1), self.contract2)
        self.assertEqual(self.found("", "atencion.unit", limit=1), self.flat)

    def test_the_domain_of_a_field_holds_for_both(self):
        self.assertEqual(
            self.found("Quispe", domain=[("name", "!=", "CT-2")]),
            self.contract,
        )
        self.assertFalse(self.found("CT-1", domain=[("name", "!=", "CT-1")]))

    def test_what_is_searched_follows_names_holders_and_states(self):
        self.holder.name = "Rosa Benavides"
        self.assertFalse(self.found("Quispe"))
        self.assertEqual(self.found("Benavides", "atencion.unit"), self._units("A-101 A-102 E-01"))
        self.contract2.unit_ids = [Command.unlink(self.parking.id)]
        self.assertEqual(self.found("Benavides", "atencion.unit"), self._units("A-101 A-102"))
        self.contract2.holder_ids = [
            Command.update(self.contract2.holder_ids.id, {"share": 90}),
            Command.create({"partner_id": self.stranger.id, "share": 10}),
        ]
        self.assertEqual(self.found("Salazar", "atencion.unit"), self.flat2)
        self.contract2.state = "terminated"
        self.assertFalse(self.found("Salazar", "atencion.unit"), "it is free again")
        self.assertEqual(self.found("Salazar"), self.contract2)
        self.contract.active = False
        self.assertFalse(self.found("Benavides", "atencion.unit"))

    def _units(self, codes):
        return self.env["atencion.unit"].search([("code", "in", codes.split())])

    def test_former_holders_find_their_contract(self):
        self.contract.holder_ids.filtered(
            lambda holder: holder.partner_id == self.coholder
        ).date_to = "2024-06-01"
        self.assertEqual(self.found("Paredes"), self.contract)

    def test_holders_are_no_exact_match(self):
        """An import finds a contract by its number, not by its holder."""
        self.assertFalse(self.found("Rosa Quispe", operator="="))
        self.assertEqual(self.found("CT-1", operator="="), self.contract)
        self.assertEqual(self.found("A-101", "atencion.unit", operator="="), self.flat)

    def test_search_views_find_by_holder(self):
        for model, expected in (
            ("atencion.contract", self.contract),
            ("atencion.unit", self.flat),
        ):
            with self.subTest(model=model):
                records = self.on(self.agent, self.env[model])
                by_holder = records.search([("holder_search", "ilike", "paredes")])
                self.assertEqual(by_holder, expected)
                by_holder = records.search([("holder_search", "=", "Luis Paredes")])
                self.assertEqual(by_holder, expected)
                self.assertFalse(records.search([("holder_search", "=", False)]))
                self.assertEqual(
                    records.search([("display_name", "ilike", "paredes")]),
                    expected,
                )
                self.assertNotIn(expected, records.search([("holder_search", "not ilike", "lui")]))

    def test_pick_lists_show_the_holder(self):
        for model, text, label, holder in (
            ("atencion.contract", "CT-1", "CT-1", "Rosa Quispe"),
            ("atencion.unit", "A-101", "A-101 · Flat 101", "Rosa Quispe"),
            ("atencion.unit", "C-01", "C-01 · Lobby", None),
        ):
            with self.subTest(text=text):
                records = self.on(self.agent, self.env[model])
                (match,) = records.web_name_search(text, {"display_name": {}})
                self.assertEqual(match["display_name"], label)
                shown = f"{label} --{holder}--" if holder else label
                self.assertEqual(match["__formatted_display_name"], shown)

    def test_pick_lists_show_a_holder_whom_the_user_may_not_open(self):
        foreign = self.env["res.partner"].create(
            {"name": "Elías Vicuña", "company_id": self.santiago.id}
        )
        self._contract("CT-3", self.env["atencion.unit"], {foreign: 100})
        self.assertFalse(self.on(self.agent, foreign).has_access("read"))
        records = self.on(self.agent, self.env["atencion.contract"])
        (match,) = records.web_name_search("vicuna", {"display_name": {}})
        self.assertEqual(match["__formatted_display_name"], "CT-3 --Elías Vicuña--")

    def test_duplicate_of_a_unit_is_nobodys(self):
        duplicate = self.flat.copy({"code": "A-101 bis"})
        self.assertFalse(duplicate.contract_ids)
        self.assertNotIn(duplicate, self.found("Quispe", "atencion.unit"))

    def test_nothing_of_another_company_is_found(self):
        for text in ("Quispe", "CT-1"):
            self.assertFalse(self.found(text, user=self.agent_chile))

    def test_statements_do_not_grow_with_what_is_found(self):
        people = self.env["res.partner"].create(
            [{"name": f"Ximena {number}"} for number in range(8)]
        )
        for person in people:
            unit = self.flat.copy({"code": f"X-{person.id}"})
            self._contract(f"X-{person.id}", unit, {person: 100})
        for model in MODELS:
            records = self.on(self.agent, self.env[model])
            counts = {}
            # The first count also fills the caches that later ones use.
            for text, limit in (("ximena", 1), ("ximena", 1), ("ximena", 8), ("X-", 8), ("", 8)):
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                matches = records.web_name_search(text, {"display_name": {}}, limit=limit)
                counts[text, limit] = self.cr.sql_log_count - before
                self.assertEqual(len(matches), limit)
                self.assertIn("--", matches[0]["__formatted_display_name"])
            with self.subTest(model=model):
                self.assertEqual(counts["ximena", 1], counts["ximena", 8])
                self.assertLessEqual(max(counts.values()), PICK_LIST)

    def test_indexes_serve_pick_lists(self):
        self._fill()
        for model, table, columns in (
            ("atencion.contract", "atencion_contract", ("name",)),
            ("atencion.unit", "atencion_unit", ("code", "name")),
        ):
            records = self.on(self.agent, self.env[model])
            by_text = self.plan_of(records, [("display_name", "ilike", "nothing like")])
            page = self.plan_of(records, [], order=records._order, limit=80)
            with self.subTest(model=model):
                self.assertIn("BitmapOr", by_text)
                for column in (*columns, "holder_key"):
                    self.assertIn(f"{table}__{column}_index", by_text)
                self.assertIn(f"{table}_list_order", page)

    def _fill(self):
        """Rows by SQL: the ORM takes minutes."""
        rows = {"company": self.lima.id, "project": self.project.id, "rows": ROWS}
        self.env.cr.execute(
            """
            INSERT INTO atencion_contract
                   (name, company_id, project_id, state, active, holder_key)
            SELECT 'P-' || number, %(company)s, %(project)s, 'deed', TRUE, ' pick ' || number
              FROM generate_series(1, %(rows)s) AS number""",
            rows,
        )
        self.env.cr.execute(
            """
            INSERT INTO atencion_unit
                   (name, code, company_id, project_id, kind, active, holder_key)
            SELECT 'Flat', 'P-' || number, %(company)s, %(project)s, 'house', TRUE,
                   ' pick ' || number
              FROM generate_series(1, %(rows)s) AS number""",
            rows,
        )
        # As a vacuum does: text indexes postpone the rows of bulk inserts.
        self.env.cr.execute(
            """
            SELECT gin_clean_pending_list(indexrelid)
              FROM pg_index
              JOIN pg_class ON pg_class.oid = indexrelid
              JOIN pg_am ON pg_am.oid = relam AND amname = 'gin'
             WHERE indrelid IN ('atencion_contract'::regclass, 'atencion_unit'::regclass)"""
        )
        self.env.cr.execute("ANALYZE atencion_contract, atencion_unit")
