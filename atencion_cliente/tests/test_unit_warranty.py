import random
from contextlib import closing
from datetime import date, timedelta

from freezegun import freeze_time
from lxml import etree

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from ..tools.warranty import Repair, warranty
from .support.common import AtencionCommon
from .support.warranty import WarrantyCase

EVENTS = ("handover", "reception", "registration")
FIRST = date(2020, 1, 1)
UNITS = 40
MANY_UNITS = 2_000
TODAY = "2024-06-01 17:00:00"


@tagged("post_install", "-at_install")
class TestUnitWarranty(WarrantyCase, AtencionCommon):
    """The database view has the same result as the rule in Python."""

    def _rows(self, units):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["atencion.unit.warranty"].search([("unit_id", "in", units.ids)])

    def _row(self, unit, element="finishes"):
        return self._rows(unit).filtered(lambda row: row.element_id == self.elements[element])

    # -------------------------------------------------------------------------
    # The same arithmetic as the rule
    # -------------------------------------------------------------------------

    def _expected(self, units):
        """First and last day, and repair days, by unit and element: from records."""
        expected = {}
        schemes = units.project_id._warranty_schemes()
        for unit in units.filtered("current_contract_id"):
            contract, project = unit.current_contract_id, unit.project_id
            starts = {
                "handover": contract.handover_date,
                "registration": contract.registration_date,
                "reception": project.reception_date,
            }
            for term in schemes[project].term_ids:
                start = starts[term.start_event]
                told = (False, False, 0)
                if start:
                    repairs = self._repairs(unit, term) if term.scheme_id.repairs_extend else ()
                    found = warranty(start, term._as_rule(), repairs)
                    told = (found.start, found.end, found.repair_days)
                expected[unit, term.element_id] = (contract, *told)
        return expected

    def _repairs(self, unit, term):
        cases = self.env["atencion.case"].search(
            [("unit_id", "=", unit.id), ("exclude_from_kpi", "=", False)]
        )
        return [
            Repair(case.request_date, case.attention_date)
            for case in cases
            if case.stage_code == "CLO" and case.warranty_element_id == term.element_id
        ]

    def _random_schemes(self, dice):
        for name, country, company, extend in (
            ("Peru", "pe", self.lima, True),
            ("Chile", "cl", self.santiago, False),
        ):
            terms = {
                element: (dice.randrange(1, 20), dice.choice(("months", "years")), event)
                for element, event in zip(self.elements, (*EVENTS, "handover"), strict=True)
            }
            scheme = self.make_scheme(name, company, **terms)
            scheme.write(
                {"country_id": self.env.ref(f"base.{country}").id, "repairs_extend": extend}
            )

    def _random_estate(self, dice):
        """Projects with and without scheme, units with up to three contracts."""

        def day(share=1.0):
            return dice.random() < share and FIRST + timedelta(days=dice.randrange(1500))

        projects = self.env["atencion.project"].create(
            [
                {
                    "name": f"Project {number}",
                    "company_id": dice.choice((self.lima, self.santiago)).id,
                    "country_id": dice.choice(
                        (self.env.ref("base.pe"), self.env.ref("base.cl"), self.env.ref("base.mx"))
                    ).id,
                    "reception_date": day(0.7),
                }
                for number in range(8)
            ]
        )
        projects[0].warranty_scheme_id = self.scheme
        projects[1].country_id = False
        units = self.env["atencion.unit"].create(
            [
                {"name": "Flat", "code": f"R-{number}", "project_id": dice.choice(projects).id}
                for number in range(UNITS)
            ]
        )
        contracts = self.env["atencion.contract"].create(
            [
                {
                    "name": f"R-{unit.code}-{number}",
                    "company_id": unit.company_id.id,
                    "project_id": unit.project_id.id,
                    "unit_ids": [Command.link(unit.id)],
                    "sale_date": sale,
                    "handover_date": dice.random() < 0.8 and (sale or FIRST) + timedelta(days=60),
                    "registration_date": day(0.6),
                    "active": dice.random() < 0.9,
                }
                for unit in units
                for number in range(dice.randrange(4))
                for sale in [day(0.8)]
            ]
        )
        # Databases of earlier versions have several contracts in force for a unit.
        self.env.flush_all()
        for contract in contracts:
            state = dice.choice(("deed", "delivered", "delivered", "terminated"))
            self.env.cr.execute(
                SQL("UPDATE atencion_contract SET state = %s WHERE id = %s", state, contract.id)
            )
        self.env.invalidate_all()
        return units

    def _random_repairs(self, dice, units):
        categories = list(self.categories.values())
        for unit in units:
            kind = self.type_two_days if unit.company_id == self.lima else self.type_chile
            for _number in range(dice.randrange(5)):
                asked = FIRST + timedelta(days=dice.randrange(2000))
                case = self.create_case(
                    unit_id=unit.id,
                    type_id=kind.id,
                    category_id=dice.choice(categories).id,
                    request_date=asked,
                )
                case.exclude_from_kpi = dice.random() < 0.1
                if dice.random() < 0.8:
                    self.uphold(case, asked + timedelta(days=dice.randrange(200)))
                elif dice.random() < 0.5:
                    self.move(case, "REJ")

    def test_python_and_sql_agree_on_random_data(self):
        dice = random.Random(20240229)
        self._random_schemes(dice)
        units = self._random_estate(dice)
        self._random_repairs(dice, units)
        self.scheme.repairs_extend = True
        told = {
            (row.unit_id, row.element_id): (
                row.contract_id,
                row.date_start,
                row.date_end,
                row.repair_days,
            )
            for row in self._rows(units)
        }
        expected = self._expected(units)
        self.assertEqual(told, expected)
        found = list(told.values())
        self.assertTrue([days for *_dates, days in found if days], "some were repaired")
        self.assertTrue([start for _contract, start, *_rest in found if not start])
        self.assertGreater(len(found), UNITS)

    def test_repair_after_the_end_lets_none_in_after_it(self):
        """Neither does a repair that would be in warranty only with its days."""
        self.scheme.repairs_extend = True
        self.contract.write({"sale_date": "2023-01-01", "handover_date": "2023-03-10"})
        for asked, done in (("2024-03-20", "2024-04-20"), ("2024-04-01", "2024-04-05")):
            self.uphold(self.ask(day=asked), done)
        self.assertEqual(self._row(self.flat).repair_days, 0)
        self.uphold(self.ask(day="2024-03-01"), "2024-03-15")
        self.assertEqual(self._row(self.flat).repair_days, 14 + 31)

    # -------------------------------------------------------------------------
    # Which units
    # -------------------------------------------------------------------------

    def test_units_with_a_contract_in_force(self):
        self.assertEqual(len(self._rows(self.flat)), len(self.scheme.term_ids))
        self.assertFalse(self._rows(self.common_area), "never sold")
        self.contract.state = "terminated"
        self.assertFalse(self._rows(self.flat))
        resale = self._contract("CT-3", self.flat, {self.stranger: 100})
        self.assertEqual(self._row(self.flat).contract_id, resale)
        self.assertEqual(self._row(self.flat).partner_id, self.stranger)
        self.flat.active = False
        self.assertFalse(self._rows(self.flat))

    def test_changes_show_at_once(self):
        self.assertFalse(self._row(self.flat).date_start)
        self.contract.write({"sale_date": "2024-01-01", "handover_date": "2024-02-29"})
        self.assertEqual(self._row(self.flat).date_end, date(2025, 2, 28))
        self.scheme.term_ids.filtered(
            lambda term: term.element_id == self.elements["finishes"]
        ).duration = 4
        self.assertEqual(self._row(self.flat).date_end, date(2028, 2, 29))
        self.assertEqual(self.flat.warranty_ids, self._rows(self.flat))

    def test_rows_of_another_company_are_not_seen(self):
        rows = self._rows(self.flat)
        self.assertTrue(self.on(self.agent, rows).mapped("date_end"))
        model = self.on(self.agent_chile, self.env["atencion.unit.warranty"])
        self.assertFalse(model.search([("id", "in", rows.ids)]))
        self.assertFalse(self.on(self.agent_chile, rows)._filtered_access("read"))

    def test_row_opens_its_unit(self):
        action = self.on(self.agent, self._row(self.flat)).action_open_unit()
        self.assertEqual((action["res_model"], action["res_id"]), ("atencion.unit", self.flat.id))

    # -------------------------------------------------------------------------
    # Filters
    # -------------------------------------------------------------------------

    def _filtered(self, model, name):
        """The records that a filter of a search view finds."""
        view = self.env[model].get_view(view_type="search")["arch"]
        [node] = etree.fromstring(view).xpath(f"//filter[@name='{name}']")
        return self.on(self.agent, self.env[model]).search(
            safe_eval(node.get("domain")) + [("project_id", "=", self.project.id)]
        )

    @freeze_time(TODAY)
    def test_filters_follow_the_day(self):
        days = {
            "2023-05-31": {"expired"},
            "2023-06-01": {"in_warranty", "ends_soon"},
            "2023-07-31": {"in_warranty", "ends_soon"},
            "2023-08-01": {"in_warranty"},
            False: {"without_start"},
        }
        self.contract.sale_date = False
        names = set().union(*days.values())
        for handover, expected in days.items():
            with self.subTest(handover=handover):
                self.contract.handover_date = handover
                row = self._row(self.flat)
                found = {
                    name
                    for name in names
                    if row.id in self._filtered("atencion.unit.warranty", name).ids
                }
                self.assertEqual(found, expected)
                soon = self._filtered("atencion.unit", "warranty_ends_soon")
                self.assertEqual(self.flat in soon, "ends_soon" in expected)

    # -------------------------------------------------------------------------
    # Speed
    # -------------------------------------------------------------------------

    def _many_units(self, count):
        """Units with a contract each, written by SQL because the ORM would take minutes."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH units AS (
                    INSERT INTO atencion_unit
                        (name, code, kind, active, project_id, block_id, company_id)
                    SELECT 'Flat', 'M-' || n, 'apartment', TRUE, %(project)s, %(block)s, %(company)s
                    FROM generate_series(1, %(count)s) AS n RETURNING id, code
                ), contracts AS (
                    INSERT INTO atencion_contract
                        (name, active, company_id, project_id, state, sale_date, handover_date)
                    SELECT code, TRUE, %(company)s, %(project)s, 'delivered', '2023-01-01',
                        date '2023-01-01' + (id %% 700)
                    FROM units RETURNING id, name
                )
                INSERT INTO atencion_contract_unit_rel (contract_id, unit_id)
                SELECT contracts.id, units.id FROM contracts JOIN units ON code = contracts.name""",
                project=self.project.id,
                block=self.tower.id,
                company=self.lima.id,
                count=count,
            )
        )
        self.env.cr.execute("ANALYZE atencion_unit, atencion_contract, atencion_contract_unit_rel")

    @freeze_time(TODAY)
    def test_units_ending_soon_are_one_statement(self):
        self._many_units(MANY_UNITS)
        model = self.on(self.agent, self.env["atencion.unit.warranty"])
        columns = {name: {} for name in ("date_start", "date_end", "start_event", "repair_days")}
        domain = [("date_end", ">=", "today"), ("date_end", "<=", "today +60d")]

        def read():
            self.env.invalidate_all()
            return model.web_search_read(domain, columns, limit=80)

        read()
        # The rows, their number, and the rights of the user.
        with self.assertQueryCount(4):
            page = read()
        self.assertEqual(len(page["records"]), 80)
        self.assertGreater(page["length"], 80)

    def test_warranties_of_a_unit_do_not_read_those_of_all(self):
        self._many_units(MANY_UNITS)
        with closing(self.cr.savepoint()):
            query = self.env["atencion.unit.warranty"]._search([("unit_id", "=", self.flat.id)])
            plan = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        plan = "\n".join(line for (line,) in plan)
        self.assertNotIn("Seq Scan on atencion_unit ", plan)
        self.assertNotIn("Seq Scan on atencion_contract ", plan)


@tagged("post_install", "-at_install")
class TestWarrantyPerformance(WarrantyCase, AtencionCommon):
    """Statements that the warranty adds to the daily work."""

    def _statements(self, work):
        work()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        work()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_cases_of_a_batch_are_judged_together(self):
        self.scheme.repairs_extend = True
        model = self.on(self.agent, self.env["atencion.case"])

        def create(count, **vals):
            values = self.case_values(contract_id=self.contract.id, **vals)
            return self._statements(lambda: model.create([dict(values) for _case in range(count)]))

        create(1)  # what every later one finds read
        for count in (1, 50):
            plain = create(count)
            judged = create(count, category_id=self.categories["doors"].id)
            # Measured: 6, for one and for 50.
            self.assertLessEqual(judged - plain, 7)

    def test_recalculation_does_not_grow_with_the_cases(self):
        self.scheme.repairs_extend = True
        vals = {"contract_id": self.contract.id, "category_id": self.categories["doors"].id}
        few, many = self.create_cases(5, **vals), self.create_cases(100, **vals)

        def recalculate(cases):
            days = iter(("2024-01-01", "2024-02-01"))
            seen = self.on(self.supervisor, cases)

            def work():
                self.contract.handover_date = next(days)
                seen.action_recalculate_warranty()

            return self._statements(work)

        recalculate(few)
        # Measured: 16, for 5 and for 100.
        self.assertEqual(recalculate(few), recalculate(many))
