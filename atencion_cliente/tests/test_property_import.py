from odoo.tests import tagged

from .support.common import AtencionCommon

CONTRACT = ["name", "unit_ids", "state", "holder_ids/partner_id", "holder_ids/share"]


@tagged("post_install", "-at_install")
class TestPropertyImport(AtencionCommon):
    """Property and contracts come in by Odoo's import, all rows or none."""

    def load(self, model, header, rows):
        records = self.on(self.manager, self.env[model]).with_context(import_file=True)
        return records.load(header, rows)

    def test_units_find_their_project_and_block_by_name(self):
        result = self.load(
            "atencion.unit",
            ["code", "name", "project_id", "block_id", "kind", "area_m2"],
            [
                ["A-201", "Flat 201", "Gardens", "Tower A", "Apartment", "70.5"],
                ["E-02", "Parking 2", "Gardens", "", "parking", "12"],
            ],
        )
        self.assertFalse(result["messages"])
        units = self.env["atencion.unit"].browse(result["ids"])
        self.assertEqual(units.mapped("block_id"), self.tower)
        self.assertEqual(units.mapped("kind"), ["apartment", "parking"])

    def test_contracts_come_with_their_holders(self):
        self.load(
            "atencion.unit",
            ["code", "name", "project_id"],
            [["A-301", "Flat 301", "Gardens"], ["A-302", "Flat 302", "Gardens"]],
        )
        result = self.load(
            "atencion.contract",
            CONTRACT,
            [
                ["CT-301", "A-301", "delivered", "Rosa Quispe", "60"],
                ["", "", "", "Luis Paredes", "40"],
                ["CT-302", "A-302", "deed", "Jorge Salazar", "100"],
            ],
        )
        self.assertFalse(result["messages"])
        first, second = self.env["atencion.contract"].browse(result["ids"])
        self.assertEqual(first.holder_ids.partner_id, self.holder | self.coholder)
        self.assertEqual(first.project_id, self.project)
        self.assertEqual(second.partner_id, self.stranger)

    def test_one_wrong_row_loads_nothing(self):
        result = self.load(
            "atencion.contract",
            CONTRACT,
            [
                ["CT-401", "A-101", "deed", "Rosa Quispe", "100"],
                ["CT-402", "A-102", "deed", "Rosa Quispe", "60"],
                ["", "", "", "Luis Paredes", "50"],
            ],
        )
        self.assertFalse(result["ids"])
        self.assertIn("110 %", result["messages"][0]["message"])
        self.assertFalse(self.env["atencion.contract"].search([("name", "like", "CT-40")]))
