from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.common import AtencionCommon
from .support.importing import Importing

UNITS = ["project_id", "code", "name"]
CONTRACTS = ["name", "unit_ids", "state", "holder_ids/partner_id", "holder_ids/share"]


@tagged("post_install", "-at_install")
class TestPropertyRules(Importing, AtencionCommon):
    """Rules of property that hold on every path: form, list, import, call."""

    def assertSays(self, action, *texts):
        with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
            action()
        for text in texts:
            self.assertIn(text, str(refusal.exception))

    # -------------------------------------------------------------------------
    # A unit leaves a contract
    # -------------------------------------------------------------------------

    def test_unit_with_open_cases_stays_in_its_contract(self):
        case = self.create_case(contract_id=self.contract2.id, unit_id=self.parking.id)
        for command in (
            Command.unlink(self.parking.id),
            Command.set(self.flat2.ids),
            Command.clear(),
        ):
            self.assertSays(
                lambda command=command: self.contract2.write({"unit_ids": [command]}),
                "CT-2",
                "E-01",
                case.name,
            )
        self.contract2.unit_ids = [Command.unlink(self.flat2.id)]
        case.unit_id = False
        self.contract2.unit_ids = [Command.unlink(self.parking.id)]

    def test_unit_with_handover_checks_stays_in_its_contract(self):
        check = self.env["atencion.handover.check"].create(
            {"contract_id": self.contract2.id, "unit_id": self.parking.id, "name": "Gate"}
        )
        self.assertSays(
            lambda: self.contract2.write({"unit_ids": [Command.unlink(self.parking.id)]}),
            "E-01",
            "handover checks: 1",
        )
        check.unlink()
        self.contract2.unit_ids = [Command.unlink(self.parking.id)]

    # -------------------------------------------------------------------------
    # Archiving
    # -------------------------------------------------------------------------

    def test_archived_unit_is_not_sold(self):
        self.flat.active = False
        self.assertSays(lambda: self.contract.write({"state": "draft_deed"}), "A-101", "archived")
        self.assertSays(
            lambda: self._contract("CT-X", self.flat, {self.holder: 100}, state="deed"),
            "A-101",
            "archived",
        )

    def test_sold_unit_is_neither_archived_nor_deleted(self):
        self.contract.state = "draft_deed"
        self.assertSays(lambda: self.flat.write({"active": False}), "A-101", "CT-1")
        self.assertSays(self.flat.unlink, "A-101", "CT-1")
        self.contract.state = "delivered"
        self.assertSays(self.flat.unlink, "A-101", "CT-1")
        self.flat.active = False  # handed over long ago

    def test_property_with_open_cases_is_not_archived(self):
        inner = self.env["atencion.block"].create(
            {"name": "Stage", "project_id": self.project.id, "parent_id": self.tower.id}
        )
        unit = self.flat.create({"name": "Loft", "code": "L-1", "block_id": inner.id})
        contract = self._contract("CT-X", unit, {self.holder: 100})
        case = self.create_case(contract_id=contract.id, unit_id=unit.id, resolution="Done")
        for record in (self.project, self.tower, inner, unit, contract):
            with self.subTest(record._name):
                self.assertSays(lambda record=record: record.write({"active": False}), case.name)
        self.move(case, "CLO")
        for record in (contract, unit, inner, self.tower, self.project):
            record.active = False

    # -------------------------------------------------------------------------
    # Handover
    # -------------------------------------------------------------------------

    def test_terminated_contract_takes_no_handover(self):
        check = self.env["atencion.handover.check"].create(
            {"contract_id": self.contract2.id, "unit_id": self.parking.id, "name": "Gate"}
        )
        self.contract2.state = "terminated"
        for action in (
            lambda: self.contract2.write({"handover_date": "2025-01-01"}),
            self.contract2.action_load_handover_checklist,
            self.contract2.action_create_handover_cases,
            lambda: check.write({"result": "conforming"}),
            lambda: check.copy({"name": "Lock"}),
        ):
            self.assertSays(action, "CT-2", "terminated")
        self.contract2.write({"state": "deed", "handover_date": "2025-01-01"})
        self.contract2.write({"state": "terminated", "handover_date": "2025-01-01"})
        self.contract2.state = "deed"
        for day in ("2025-02-01", "2025-03-01"):
            self.assertSays(
                lambda day=day: self.contract2.write({"handover_date": day, "state": "terminated"}),
                "CT-2",
                "terminated",
            )

    def test_property_with_cases_is_not_deleted(self):
        case = self.create_case(contract_id=self.contract2.id, unit_id=self.parking.id)
        case.active = False
        project = self.parking.project_id
        for record in (self.contract2, self.parking, project):
            with self.subTest(model=record._name):
                self.assertSays(
                    self.on(self.manager, record).unlink, case.name, "rchive it instead"
                )

    def test_area_is_within_bounds(self):
        for area in (-1, 1_000_001, "x"):
            with self.subTest(area=area):
                self.assertSays(lambda area=area: self.flat.write({"area_m2": area}), "Area")

    # -------------------------------------------------------------------------
    # Holders of a signed contract
    # -------------------------------------------------------------------------

    def holders_log(self):
        bodies = self.contract2.message_ids.mapped("body")
        return [body for body in bodies if "changed directly" in body]

    def test_direct_changes_of_holders_leave_a_trace(self):
        self.contract2.state = "deed"
        line = self.contract2.holder_ids[0]
        name, other = line.partner_id.name, self.coholder
        ways = {
            "share": lambda: self.contract2.write(
                {
                    "holder_ids": [
                        Command.update(line.id, {"share": 60}),
                        Command.create({"partner_id": other.id, "share": 40}),
                    ]
                }
            ),
            "day": lambda: line.write({"date_from": "2020-01-01"}),
            "deletion": lambda: self.contract2.write(
                {
                    "holder_ids": [
                        Command.delete((self.contract2.holder_ids - line).id),
                        Command.update(line.id, {"share": 100}),
                    ]
                }
            ),
            "person": lambda: line.write({"partner_id": other.id}),
        }
        for count, (way, change) in enumerate(ways.items(), start=1):
            with self.subTest(way=way):
                change()
                log = self.holders_log()
                self.assertEqual(len(log), count)
                self.assertIn(name, log[0])
        line.sequence = 3
        self.assertEqual(len(self.holders_log()), len(ways))

    def test_changes_of_holder_are_logged_once(self):
        self.contract2.state = "deed"
        self.contract2._change_holders({self.coholder: 100}, self.lima._today(), "Sold")
        self.assertFalse(self.holders_log())
        self.assertIn("Sold", " ".join(self.contract2.message_ids.mapped("body")))

    def test_quotations_are_written_without_a_trace(self):
        self.contract2.state = "quotation"
        self.contract2.holder_ids[0].share = 50
        self.assertFalse(self.holders_log())

    def test_terminated_in_the_same_call_takes_no_handover(self):
        ended, handed = {"state": "terminated"}, {"handover_date": "2025-01-01"}
        new = {"name": "CT-X", "company_id": self.lima.id, "project_id": self.project.id}
        for values in (ended | handed, handed | ended):
            self.assertSays(
                lambda values=values: self.contract2.write(values), "CT-2", "terminated"
            )
            self.assertSays(
                lambda values=values: self.contract.create(new | values), "CT-X", "terminated"
            )
        header = ["name", "project_id", "state", "handover_date"]
        rows = [["CT-X", "Gardens", "terminated", "2025-01-01"]]
        result = self.load(self.manager, "atencion.contract", header, rows)
        self.assertRefused(result, "CT-X", "terminated")

    @freeze_time("2025-03-11 02:00:00")  # still the 10th in Lima
    def test_delivered_has_no_day_to_come(self):
        self.assertSays(
            lambda: self.contract2.write({"state": "delivered", "handover_date": "2025-03-11"}),
            "CT-2",
            "03/11/2025",
        )
        self.contract2.write({"state": "deed", "handover_date": "2025-03-11"})
        self.assertSays(lambda: self.contract2.write({"state": "delivered"}), "03/11/2025")
        self.contract2.write({"state": "delivered", "handover_date": "2025-03-10"})
        self.assertFalse(self.contract2.handover_warning)
        self.contract2.handover_date = False
        self.assertIn("day of the handover", self.contract2.handover_warning)

    # -------------------------------------------------------------------------
    # Numbers
    # -------------------------------------------------------------------------

    def test_numbers_are_compared_trimmed_and_without_case(self):
        for number in ("ct-1", " cT-1 ", "Ct-1"):
            with self.subTest(number):
                self.assertSays(
                    lambda number=number: self._contract(number, self.common_area, {}), "CT-1"
                )
                self.assertSays(
                    lambda number=number: self.contract2.write({"name": number}), "CT-1"
                )
        for code in ("a-101", " a-101"):
            with self.subTest(code):
                values = {"name": "X", "code": code, "project_id": self.project.id}
                self.assertSays(lambda values=values: self.flat.create(values), "A-101")
        self.project.code = "GA"
        values = {"name": "X", "code": "ga ", "company_id": self.lima.id}
        self.assertSays(lambda: self.project.create(values), "GA")
        contract = self._contract("  CT-77 ", self.common_area, {})
        self.assertEqual(contract.name, "CT-77")
        contract.name = "ct-77"
        # The same number in another company, and in another project, is another one.
        lot = self.flat.create(
            {"name": "Lot", "code": "a-101", "project_id": self.project_chile.id}
        )
        self._contract("ct-1", lot, {})

    @mute_logger("odoo.sql_db")
    def test_the_same_number_is_refused_in_words(self):
        self.contract.name, self.flat.code, self.project.code = "CT 1", "A 101", "GA 1"
        hills = self.project.create({"name": "Hills", "company_id": self.lima.id})
        block = self.tower.create({"name": "B", "project_id": hills.id})
        abroad = self.flat.create({"name": "X", "code": "a  101", "block_id": block.id})
        unit = {"name": "X", "project_id": self.project.id}
        project = {"name": "X", "company_id": self.lima.id}
        for blank in (" ", "  ", "\u00a0", "\u202f\u2009", "\u200b "):
            for end in ("", " ", "\u00a0", "\ufeff"):
                numbers = [f"{name}{blank}1{end}" for name in ("CT", "ct", "GA", "ga")]
                for action in (
                    *(lambda n=n: self._contract(n, self.common_area, {}) for n in numbers[:2]),
                    *(lambda n=n: self.contract2.write({"name": n}) for n in numbers[:2]),
                    *(lambda n=n: hills.write({"code": n}) for n in numbers[2:]),
                    *(lambda n=n: hills.create(project | {"code": n}) for n in numbers[2:]),
                    lambda n=f"a{blank}101{end}": self.flat.create(unit | {"code": n}),
                    lambda n=f"A{blank}101{end}": self.flat2.write({"code": n}),
                ):
                    with self.subTest(blank=ascii(blank), end=ascii(end)):
                        self.assertSays(action, "1”", "Write another one")
        # A unit that comes with its block, and two in one creation.
        self.assertSays(lambda: abroad.write({"block_id": self.tower.id}), "a 101", "A 101")
        for codes in (("Z 1", "Z\u00a01 "), ("Z 1", "z  1")):
            values = [unit | {"code": code} for code in codes]
            self.assertSays(lambda values=values: self.flat.create(values), "Write another one")

    def test_number_of_an_older_version_is_compared_alike(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE atencion_contract SET name = %s WHERE id = %s",
            ["\u00a0CT\u00a0\u20091 ", self.contract.id],
        )
        self.env.invalidate_all()
        self.assertSays(lambda: self._contract("ct 1", self.common_area, {}), "ct 1")

    @mute_logger("odoo.sql_db")
    def test_a_person_twice_is_told_in_words(self):
        twice = [
            Command.create({"partner_id": self.stranger.id, "share": share}) for share in (5, 6)
        ]
        new = {"name": "CT-X", "company_id": self.lima.id, "project_id": self.project.id}
        first, second = self.contract.holder_ids
        partner = {"partner_id": first.partner_id.id}
        for action in (
            lambda: self.contract.create(new | {"holder_ids": twice}),
            lambda: self.contract2.write({"holder_ids": twice}),
            lambda: second.write(partner),
            lambda: self.contract.write({"holder_ids": [Command.update(second.id, partner)]}),
            first.copy,
        ):
            self.assertSays(action, "already is a holder")

    def test_file_names_a_unit_in_any_case(self):
        rows = [["CT-50", "gardens-x / a-101", "", "Rosa Quispe", "100"]]
        self.project.code = "gardens-x"
        ids = self.assertLoaded(self.load(self.manager, "atencion.contract", CONTRACTS, rows))
        self.assertEqual(self.env["atencion.contract"].browse(ids).unit_ids, self.flat)

    # -------------------------------------------------------------------------
    # Holders
    # -------------------------------------------------------------------------

    def test_share_is_above_zero(self):
        for share in (0, 0.001):
            with self.subTest(share), self.assertRaises(UserError), self.env.cr.savepoint():
                self.contract.holder_ids = [
                    Command.create({"partner_id": self.stranger.id, "share": share})
                ]
        self.assertSays(
            lambda: self.contract.holder_ids[1].write({"share": 0}), "CT-1", "Luis Paredes"
        )
        rows = [["CT-50", "C-01", "", "Rosa Quispe", "0"]]
        result = self.load(self.manager, "atencion.contract", CONTRACTS, rows)
        self.assertRefused(result, "Rosa Quispe")

    @freeze_time("2025-04-01 17:00:00")
    def test_change_of_holder_is_not_before_the_sale(self):
        self.contract.sale_date = "2025-02-10"
        self.assertSays(
            lambda: self.contract._change_holders(
                {self.stranger: 100}, self.contract.sale_date.replace(day=9), ""
            ),
            "CT-1",
            "02/10/2025",
        )
        self.contract._change_holders({self.stranger: 100}, self.contract.sale_date, "")
        self.assertSays(lambda: self.contract.write({"sale_date": "2025-02-11"}), "02/11/2025")
        new = self.contract.holder_ids.filtered(lambda line: line.partner_id == self.stranger)
        self.assertSays(lambda: new.write({"date_from": "2025-02-09"}), "02/10/2025")

    def test_first_holder_may_be_older_than_the_sale(self):
        contract = self._contract("CT-50", self.common_area, {self.holder: 100})
        contract.holder_ids.date_from = "2025-01-01"
        contract.sale_date = "2025-02-10"

    # -------------------------------------------------------------------------
    # Files
    # -------------------------------------------------------------------------

    @mute_logger("odoo.sql_db")
    def test_duplicates_in_a_file_are_told_in_words(self):
        for rows, word in (
            ([["Gardens", "Z-1", "One"], ["Gardens", "Z-1", "Two"]], "Z-1"),
            ([["Gardens", "Z-1", "One"], ["Gardens", "z-1 ", "Two"]], "z-1"),
            ([["Gardens", "Z 1", "One"], ["Gardens", "Z\u00a01", "Two"]], "Z\u00a01"),
            ([["Gardens", "A-101", "One"]], "A-101"),
        ):
            result = self.load(self.manager, "atencion.unit", UNITS, rows)
            self.assertInWords(result, word)
        rows = [
            ["CT-50", "C-01", "quotation", "Rosa Quispe", "50"],
            ["", "", "", "Rosa Quispe", "50"],
        ]
        result = self.load(self.manager, "atencion.contract", CONTRACTS, rows)
        self.assertInWords(result, "holder")

    def assertInWords(self, result, word):
        self.assertFalse(result["ids"])
        messages = " ".join(message["message"] for message in result["messages"])
        self.assertIn(word, messages)
        for jargon in ("Key (", "_id", "constraint", "Detail"):
            self.assertNotIn(jargon, messages)
