from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.common import AtencionCommon
from .support.importing import OPTIONS, Importing

UNIT = ["code", "name", "project_id", "floor", "kind"]


@tagged("post_install", "-at_install")
class TestImportRows(Importing, AtencionCommon):
    """All wrong rows are named at once, each as a person finds it in the file."""

    def import_text(self, model, header, *rows, skip=0):
        lines = [",".join(row) for row in (header, *rows)]
        screen = self.on(self.supervisor, self.env["base_import.import"]).create(
            {
                "res_model": model,
                "file": "\n".join(lines).encode(),
                "file_type": "text/csv",
                "file_name": "a.csv",
            }
        )
        options = OPTIONS | {"quoting": '"', "separator": ",", "skip": skip, "encoding": "utf-8"}
        return screen.execute_import(header, header, options)

    def import_units(self, *rows, **options):
        return self.import_text("atencion.unit", UNIT, *rows, **options)

    def faults(self, result):
        """What the screen says at the top: the row, and the text."""
        self.assertFalse(result["ids"])
        messages = result["messages"]
        for message in messages:
            is_at_the_top = message.get("field") not in UNIT
            rows = message["rows"]
            self.assertTrue(rows["from"] == rows["to"] or not is_at_the_top, "not which")
        return [(message["record"], message["message"]) for message in messages]

    def test_every_wrong_row_is_named_at_once(self):
        result = self.import_units(
            ["a-101", "Taken", "Gardens", "1", ""],
            ["", "No code", "Gardens", "1", ""],
            ["602", "Good", "Gardens", "1", ""],
            ["602", "Twice", "Gardens", "1", ""],
            ["603", "Nowhere", "Hills", "1", ""],
            ["", "No code", "Gardens", "1", ""],
        )
        taken, empty, twice, nowhere = sorted(self.faults(result))
        self.assertEqual((taken[0], empty[0], twice[0], nowhere[0]), ("2", "3, 7", "5", "6"))
        self.assertIn("a-101", taken[1])
        self.assertIn("Code", empty[1])
        self.assertIn("602", twice[1])
        self.assertTrue(nowhere[1].startswith("Row 6: "), "it is shown beside its column")

    def test_beside_a_column_each_row_is_named(self):
        result = self.import_units(
            ["1", "One", "Nowhere", "", ""],
            ["2", "Two", "Hills", "", ""],
            ["3", "Three", "Hills", "", "castle"],
        )
        nowhere, hills, castle = result["messages"]
        self.assertEqual((nowhere["value"], nowhere["rows"]), ("Nowhere", {"from": 1, "to": 1}))
        # The screen shows the message where there is no value.
        self.assertFalse(hills["value"])
        self.assertTrue(hills["message"].startswith("Row 3, 4: "))
        self.assertEqual(hills["rows"], {"from": 2, "to": 3})
        self.assertIn("castle", castle["value"])

    def test_rows_are_those_of_the_file_in_a_later_batch(self):
        rows = (["1", "One", "Gardens", "", ""], ["", "Two", "Gardens", "", ""])
        [(row, _text)] = self.faults(self.import_units(*rows, skip=1))
        self.assertEqual(row, "3")

    def test_a_fault_that_only_creating_shows_names_its_row(self):
        """Odoo would name the first row of the batch, too."""
        result = self.import_units(
            ["1", "One", "Gardens", "", ""],
            ["2", "Two", "Gardens", "", ""],
            ["3", "Common", "Gardens", "", ""],
        )
        self.assertTrue(result["ids"])
        result = self.import_text(
            "atencion.unit",
            ["code", "name", "project_id", "main_unit_id", "kind"],
            ["4", "Four", "Gardens", "Gardens / 1", "Parking"],
            ["5", "Five", "Gardens", "Gardens / 1", "Apartment"],
        )
        self.assertEqual([row for row, _text in self.faults(result)], ["3"])

    def test_contacts_are_named_too(self):
        header = ["name", "vat"]
        row = ["Ana", "40000001"]
        result = self.import_text("res.partner", header, ["Eva", "40000002"], row, row)
        self.assertEqual([row for row, _text in self.faults(result)], ["4"])

    @mute_logger("odoo.sql_db")
    def test_rows_that_others_refer_to_are_not_kept(self):
        """They are created before their turn, because a later row names them."""
        blocks = self.load(
            self.supervisor,
            "atencion.block",
            ["project_id", "parent_id", "name"],
            [["Gardens", "", "Stage 9"], ["Gardens", "Stage 9", "Tower Z"], ["", "", "None"]],
        )
        self.assertTrue(blocks["messages"])
        self.assertFalse(blocks["ids"])
        self.assertFalse(self.env["atencion.block"].search([("name", "in", ["Stage 9", "None"])]))
