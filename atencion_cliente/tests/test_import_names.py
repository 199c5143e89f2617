from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.common import AtencionCommon
from .support.importing import Importing

UNIT = ["project_id", "block_id", "code", "name"]
CASE = ["subject", "type_id", "project_id", "unit_id"]


@tagged("post_install", "-at_install")
class TestImportNames(Importing, AtencionCommon):
    """A name in a file means one record: two projects have a Tower A and a 101 each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hills = cls.env["atencion.project"].create(
            {"name": "Hills", "code": "HI", "company_id": cls.lima.id}
        )
        cls.hills_tower, cls.inner = cls.env["atencion.block"].create(
            [
                {"name": "Tower A", "project_id": cls.hills.id},
                {"name": "Stage 2", "project_id": cls.hills.id},
            ]
        )
        cls.inner_tower = cls.env["atencion.block"].create(
            {"name": "Tower B", "project_id": cls.hills.id, "parent_id": cls.inner.id}
        )
        cls.hills_flat = cls.env["atencion.unit"].create(
            {"name": "Flat 101", "code": "A-101", "block_id": cls.hills_tower.id}
        )
        cls.homonym = cls.env["res.partner"].create(
            {"name": "Rosa Quispe", "vat": "70000205", "country_id": cls.env.ref("base.pe").id}
        )

    def load_units(self, *rows):
        return self.load(self.supervisor, "atencion.unit", UNIT, rows)

    def test_the_project_of_the_row_says_which_block(self):
        ids = self.assertLoaded(
            self.load_units(
                ["HI", "Tower A", "1", "One"],
                ["Gardens", "Tower A", "1", "One"],
                ["Hills", "Stage 2 / Tower B", "2", "Two"],
                ["", "Gardens / Tower A", "3", "Three"],
            )
        )
        units = self.env["atencion.unit"].browse(ids)
        self.assertEqual(
            units.mapped("block_id.id"),
            (self.hills_tower | self.tower | self.inner_tower).ids,
        )
        self.assertEqual(units[3].project_id, self.project)

    def test_a_name_of_two_records_is_refused_with_both(self):
        result = self.load_units(["HI", "Tower A", "1", "One"], ["", "Tower A", "2", "Two"])
        self.assertRefused(result, "Gardens / Tower A", "HI / Tower A", row=1)
        self.assertFalse(self.env["atencion.unit"].search([("name", "=", "One")]))

    def test_a_block_of_another_project_is_not_found(self):
        result = self.load_units(["Gardens", "Stage 2", "1", "One"])
        self.assertRefused(result, "Gardens / Stage 2")

    def test_blocks_lie_in_blocks_of_the_same_file(self):
        result = self.load(
            self.supervisor,
            "atencion.block",
            ["project_id", "parent_id", "name"],
            [["HI", "", "Stage 3"], ["HI", "Stage 3", "Tower C"], ["Gardens", "", "Stage 3"]],
        )
        blocks = self.env["atencion.block"].browse(self.assertLoaded(result))
        self.assertEqual(blocks[1].complete_name, "Stage 3 / Tower C")

    @mute_logger("odoo.sql_db")
    def test_a_wrong_row_among_blocks_is_told_alone(self):
        result = self.load(
            self.supervisor,
            "atencion.block",
            ["project_id", "parent_id", "name"],
            [["Nowhere", "", "X"], ["HI", "", "Stage 3"], ["HI", "Stage 3", "Tower C"]],
        )
        self.assertRefused(result, "Nowhere")
        rows = {message["rows"]["from"] for message in result["messages"]}
        self.assertEqual(rows, {0})

    def test_the_units_of_a_contract_are_those_of_its_project(self):
        result = self.load(
            self.supervisor,
            "atencion.contract",
            ["name", "project_id", "unit_ids", "holder_ids/partner_id"],
            [["CT-50", "Gardens", "A-101, E-01", "70000101"], ["CT-51", "HI", "A-101", "70000205"]],
        )
        first, second = self.env["atencion.contract"].browse(self.assertLoaded(result))
        self.assertEqual(first.unit_ids, self.flat | self.parking)
        self.assertEqual(second.unit_ids, self.hills_flat)
        self.assertEqual(first.state, "quotation", "an empty cell leaves the default")
        self.assertEqual(first.holder_ids.share, 100)
        self.assertEqual(second.partner_id, self.homonym)

    def test_number_as_it_was_written_comes_before_other_readings(self):
        Partner = self.env["res.partner"]
        peruvian, venezuelan = Partner.create(
            [
                {"name": "Ana", "vat": "71234567", "country_id": self.env.ref("base.pe").id},
                {"name": "Eva", "vat": "V-71234567", "country_id": self.env.ref("base.ve").id},
            ]
        )
        names = {"71234567": peruvian, "DNI 71234567": peruvian, "V-71.234.567": venezuelan}
        self.assertEqual(Partner._find_named(list(names)), names)
        peruvian.vat = False
        self.assertEqual(Partner._find_named(["71234567"]), {"71234567": venezuelan})

    def test_of_homonyms_the_identity_number_says_which(self):
        header = ["name", "unit_ids", "holder_ids/partner_id"]
        rows = [["CT-50", "Gardens / A-101", "Rosa Quispe"]]
        result = self.load(self.supervisor, "atencion.contract", header, rows)
        self.assertRefused(result, "70000101", "70000205")
        rows[0][2] = "7000-0205"
        result = self.load(self.supervisor, "atencion.contract", header, rows)
        contract = self.env["atencion.contract"].browse(self.assertLoaded(result))
        self.assertEqual(contract.partner_id, self.homonym)

    def test_a_contact_of_a_company_is_not_meant_by_its_number(self):
        company = self.env["res.partner"].create(
            {
                "name": "Inversiones Sur",
                "vat": "20100070970",
                "is_company": True,
                "country_id": self.env.ref("base.pe").id,
                "child_ids": [(0, 0, {"name": "Ana"})],
            }
        )
        self.assertEqual(company.child_ids.vat, company.vat)
        found = self.env["res.partner"]._find_named(["20100070970"])
        self.assertEqual(found["20100070970"], company)

    def test_the_code_of_a_unit_comes_before_the_name_of_another(self):
        self.env["atencion.unit"].create(
            {"name": "A-101", "code": "X-9", "project_id": self.project.id}
        )
        rows = [["Leak", self.type_two_days.name, "Gardens", "A-101"]]
        result = self.load(self.supervisor, "atencion.case", CASE, rows)
        case = self.env["atencion.case"].browse(self.assertLoaded(result))
        self.assertEqual(case.unit_id, self.flat)

    def test_names_are_those_of_the_company_in_use(self):
        """Both companies of the supervisor have a type called Leak."""
        rows = [["It drips", "Leak", "", ""]]
        result = self.load(self.supervisor, "atencion.case", CASE, rows)
        case = self.env["atencion.case"].browse(self.assertLoaded(result))
        self.assertEqual(case.type_id, self.type_two_days)
        self.assertEqual(case.company_id, self.lima)

    def test_a_contract_fills_what_its_row_leaves_empty(self):
        result = self.load(
            self.supervisor,
            "atencion.case",
            ["subject", "type_id", "contract_id", "partner_id", "unit_id", "priority"],
            [["It drips", "Leak", "CT-1", "", "", ""]],
        )
        case = self.env["atencion.case"].browse(self.assertLoaded(result))
        self.assertEqual(case.partner_id, self.holder)
        self.assertEqual(case.unit_id, self.flat)
        self.assertEqual(case.priority, "1")

    def test_a_name_may_have_a_comma(self):
        self.inner.name = "Stage 2, north"
        ids = self.assertLoaded(self.load_units(["HI", "Stage 2, north", "1", "One"]))
        self.assertEqual(self.env["atencion.unit"].browse(ids).block_id, self.inner)

    @mute_logger("odoo.sql_db")
    def test_a_block_is_not_loaded_twice(self):
        result = self.load(
            self.supervisor, "atencion.block", ["project_id", "name"], [["HI", "Tower A"]]
        )
        self.assertRefused(result, "Another block has this name in the same place")

    @mute_logger("odoo.sql_db")
    def test_a_second_import_of_the_same_file_loads_nothing(self):
        rows = [["HI", "Tower A", "1", "One"], ["HI", "Tower A", "2", "Two"]]
        self.assertLoaded(self.load_units(*rows))
        self.assertRefused(self.load_units(["HI", "", "0", "Zero"], *rows), "“1” is in use", row=1)
        self.assertFalse(self.env["atencion.unit"].search([("name", "=", "Zero")]))

    def test_elsewhere_odoo_finds_names_as_ever(self):
        """Only imports are exact: a pick list offers all that look alike."""
        found = self.env["atencion.unit"].name_search("A-101")
        self.assertEqual(len(found), 2)
