import time

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .support.common import AtencionCommon

FEW, MANY = 50, 500
FLATS_A_FLOOR = 10
# Most statements of a grid (measured: 6), and most milliseconds of 500 units (25).
STATEMENTS = 8
MILLISECONDS = 300


class UnitGridCase(AtencionCommon):
    """Gardens ▸ Tower A with two floors, and units outside of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.flat | cls.flat2).floor = "1"
        cls.above = cls.env["atencion.unit"].create(
            {"name": "Flat 202", "code": "A-202", "block_id": cls.tower.id, "floor": "2"}
        )

    def grid(self, user=None, project=None):
        project = project or self.project
        return self.on(user or self.supervisor, project).get_unit_grid()

    def cells(self, user=None, project=None):
        """The cells of the grid, by the code of their units."""
        return {
            cell["code"]: cell
            for block in self.grid(user, project)
            for row in block["rows"]
            for cell in row["cells"]
            if cell
        }

    def open_counts(self, user):
        return {
            code: cell["open_count"]
            for code, cell in self.cells(user).items()
            if cell["open_count"]
        }


@tagged("post_install", "-at_install")
class TestUnitGrid(UnitGridCase):
    def test_units_by_block_and_floor_and_those_outside_by_kind(self):
        self.assertEqual(
            [
                (
                    block["name"],
                    [
                        (row["floor"], [cell and cell["code"] for cell in row["cells"]])
                        for row in block["rows"]
                    ],
                )
                for block in self.grid()
            ],
            [
                ("Tower A", [("2", [None, "A-202"]), ("1", ["A-101", "A-102"])]),
                ("Parking", [("", ["E-01"])]),
                ("Common area", [("", ["C-01"])]),
            ],
        )

    def test_blocks_come_in_the_order_of_their_tree(self):
        names = ("Stage 10", "Stage 9")
        stages = self.env["atencion.block"].create(
            [{"name": name, "project_id": self.project.id} for name in names]
        )
        inner = self.env["atencion.block"].create(
            {"name": "Tower B", "project_id": self.project.id, "parent_id": stages[1].id}
        )
        self.env["atencion.unit"].create(
            [
                {"name": "Flat", "code": f"X-{block.id}", "block_id": block.id}
                for block in stages | inner
            ]
        )
        self.assertEqual(
            [block["name"] for block in self.grid()][:4],
            ["Stage 9", "Stage 9 / Tower B", "Stage 10", "Tower A"],
        )

    @freeze_time("2026-03-10 15:00:00")
    def test_a_cell_tells_its_open_cases_and_their_worst_alert(self):
        self.contract2.state = "delivered"
        for unit, days in (
            (self.flat, ("2026-03-10", "2026-03-05", "2026-03-01")),
            (self.above, ("2026-03-08", "2026-03-09")),
        ):
            for day in days:
                self.create_case(unit_id=unit.id, request_date=day)
        closed = self.create_case(unit_id=self.flat2.id, resolution="<p>Done</p>")
        self.move(closed, "CLO")
        self.create_case(unit_id=self.common_area.id, type_id=self.type_no_limit.id)
        shown = {
            code: (cell["open_count"], cell["status"], cell["delay_days"], cell["delivered"])
            for code, cell in self.cells().items()
        }
        self.assertEqual(
            shown,
            {
                "A-101": (3, "overdue", 7, False),
                "A-102": (0, "delivered", 0, True),
                "A-202": (2, "due_today", 0, False),
                "E-01": (0, "delivered", 0, True),
                "C-01": (1, "none", 0, False),
            },
        )

    def test_archived_units_and_cases_do_not_show(self):
        self.create_case(unit_id=self.flat.id).active = False
        self.above.active = False
        cells = self.cells()
        self.assertNotIn("A-202", cells)
        self.assertEqual(cells["A-101"]["open_count"], 0)

    def test_a_user_counts_the_cases_that_he_sees(self):
        for vals in (
            {"user_id": self.agent.id},
            {"user_id": self.agent2.id},
            {"user_id": self.agent.id, "is_confidential": True},
            {"is_confidential": True},
            {"area_id": self.deeds.id},
        ):
            self.create_case(unit_id=self.flat.id, **vals)
        expected = {
            self.agent: {"A-101": 2},
            self.area_user: {"A-101": 2},
            self.deeds_agent: {"A-101": 1},
            self.legal_adviser: {},
            self.supervisor: {"A-101": 5},
        }
        for user, counts in expected.items():
            with self.subTest(user=user.login):
                self.assertEqual(self.open_counts(user), counts)

    def test_a_project_is_shown_to_who_may_read_it(self):
        for user in (self.agent_chile, self.outsider, self.customer, self.public):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.grid(user)
        self.assertEqual(self.grid(self.agent_chile, self.project_chile), [])

    def test_500_units_take_the_statements_of_50_and_little_time(self):
        counts = {}
        for total in (FEW, MANY):
            self._fill_to(total)
            self.grid()  # what every later one finds read
            project = self.on(self.supervisor, self.project)
            before, start = self.cr.sql_log_count, time.perf_counter()
            grid = project.get_unit_grid()
            elapsed = (time.perf_counter() - start) * 1000
            counts[total] = self.cr.sql_log_count - before
            cells = [cell for block in grid for row in block["rows"] for cell in row["cells"]]
            self.assertEqual(sum(cell is not None for cell in cells), total)
        self.assertEqual(counts[FEW], counts[MANY], "statements do not grow with the units")
        self.assertLessEqual(counts[MANY], STATEMENTS)
        self.assertLess(elapsed, MILLISECONDS)

    def _fill_to(self, total):
        """Add units, each with a case, up to a number of units in the project."""
        there = self.env["atencion.unit"].search_count([("project_id", "=", self.project.id)])
        units = self.env["atencion.unit"].create(
            [
                {
                    "name": f"Flat {number}",
                    "code": f"B-{number // FLATS_A_FLOOR}{number % FLATS_A_FLOOR:02d}",
                    "floor": str(number // FLATS_A_FLOOR),
                    "block_id": self.tower.id,
                }
                for number in range(there, total)
            ]
        )
        self.env["atencion.case"].create([self.case_values(unit_id=unit.id) for unit in units])
