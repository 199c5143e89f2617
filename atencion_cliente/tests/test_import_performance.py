from datetime import timedelta

from odoo.tests import tagged

from .support.common import AtencionCommon
from .support.importing import Importing
from .test_case_history_import import RECEIVED

FEW, MANY = 200, 2000
# Most statements that a row more may take, its part of a batch: measured 0.03 to 0.06.
PER_ROW = 0.1


@tagged("post_install", "-at_install")
class TestImportPerformance(Importing, AtencionCommon):
    """No statement a row: names are looked up together, and records created together."""

    def statements(self, model, header, rows):
        self.env.flush_all()
        before = self.cr.sql_log_count
        self.assertLoaded(self.load(self.supervisor, model, header, rows))
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def assertFewPerRow(self, model, header, rows_of):
        self.statements(model, header, rows_of(range(20)))
        few = self.statements(model, header, rows_of(range(20, 20 + FEW)))
        many = self.statements(model, header, rows_of(range(1000, 1000 + MANY)))
        self.assertLess((many - few) / (MANY - FEW), PER_ROW, (few, many))

    def test_a_portfolio(self):
        self.assertFewPerRow(
            "atencion.unit",
            ["project_id", "block_id", "code", "name", "kind"],
            lambda numbers: [
                ["Gardens", "Tower A", f"N-{number}", f"Flat {number}", "Apartment"]
                for number in numbers
            ],
        )
        self.env["res.partner"].create(
            [{"name": f"Person {number}", "vat": f"N{number:08d}"} for number in range(4000)]
        )
        self.assertFewPerRow(
            "atencion.contract",
            ["name", "project_id", "unit_ids", "holder_ids/partner_id"],
            lambda numbers: [
                [f"N-{number}", "Gardens", f"N-{number}", f"n {number:08d}"] for number in numbers
            ],
        )
        self.assertFewPerRow(
            "atencion.case",
            [
                "external_ref",
                "subject",
                "type_id",
                "contract_id",
                "user_id",
                "requester_phone",
                "history_ids/stage_id",
                "history_ids/entered_at",
                "history_ids/note",
            ],
            self.cases,
        )

    def test_a_wrong_row_among_many(self):
        """It is told before any case is created, and the others are not tried one by one."""
        rows = [[f"OLD-{number}", "Leak", "Leak", "REJ", "Old"] for number in range(FEW)]
        rows[50][-1] = ""
        self.env.flush_all()
        before = self.cr.sql_log_count
        header = ["external_ref", "subject", "type_id", "stage_id", "stage_note"]
        result = self.load(self.supervisor, "atencion.case", header, rows)
        self.assertLess(self.cr.sql_log_count - before, FEW)
        self.assertRefused(result, "OLD-50: write the reason", row=50)

    def cases(self, numbers):
        """Each with its contract, a phone to normalise, and three states."""
        rows = []
        for number in numbers:
            phone = f"987{number:06d}"
            row = [f"OLD-{number}", "Leak", "Leak", f"N-{number}", self.agent.login, phone]
            for days, stage in enumerate(("PRO", "WRC", "REJ")):
                moment = RECEIVED + timedelta(days=days, minutes=number)
                rows.append([*row, stage, str(moment), f"{stage} of {number}"])
                row = [""] * len(row)
        return rows
