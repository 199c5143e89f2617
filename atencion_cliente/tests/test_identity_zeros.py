import io
import runpy
from pathlib import Path

import openpyxl

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .support.common import AtencionCommon
from .support.importing import XLSX, Importing

# By country and what a cell has: what is proposed, empty for nothing.
PROPOSALS = [
    ("pe", 1234567, "01234567"),
    ("pe", "1234567", "01234567"),
    ("pe", 123456, "00123456"),
    ("pe", "DNI 1234567", "DNI 01234567"),
    ("pe", "01234567", ""),
    ("pe", 12345678, ""),
    ("pe", 20000001016, ""),
    ("pe", 101, ""),
    # Its check digit is right with a zero.
    ("ec", 102030405, ""),
    ("ec", 100000108, "0100000108"),
    ("ec", 100000108001, "0100000108001"),
    ("ve", "J-3080550-1", ""),
    ("ve", 12345678, ""),
    ("cl", "1000004-1", ""),
    ("co", 10000101, ""),
    (None, 1234567, "01234567"),
]


@tagged("post_install", "-at_install")
class TestIdentityZeros(Importing, AtencionCommon):
    """Zeros that Excel took from identity numbers are proposed after an import, never written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lima.country_id = cls.env.ref("base.pe")

    def import_sheet(self, user, model, rows):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        stream = io.BytesIO()
        book.save(stream)
        screens = self.on(user, self.env["base_import.import"])
        screen = screens.create(
            {
                "res_model": model,
                "file": stream.getvalue(),
                "file_type": XLSX,
                "file_name": "a.xlsx",
            }
        )
        options = {"has_headers": True, "skip": 0}
        result = screen.execute_import(rows[0], rows[0], options)
        return self.env[model].browse(self.assertLoaded(result))

    def contacts(self, *numbers, user=None, country="pe"):
        rows = [["name", "vat", "country_id/id"]]
        code = f"base.{country}" if country else ""
        # The same person is imported once only.
        name = f"Holder {country} {{0.__class__.__name__}} {{0}}".format
        rows += [[name(number), number, code] for number in numbers]
        return self.import_sheet(user or self.supervisor, "res.partner", rows)

    def test_proposals(self):
        for country, number, proposal in PROPOSALS:
            with self.subTest(country=country, number=number):
                contact = self.contacts(number, country=country)
                self.assertEqual(contact.vat, str(number), "it stays as it came")
                self.assertEqual(contact.identity_proposal or "", proposal)

    def test_proposals_for_contacts_of_a_company(self):
        """In the same file; who was decided about before is not asked about again."""
        rows = [["id", "name", "country_id/id", "child_ids/name", "child_ids/vat"]]
        first = ["__import__.builder", "Builder", "base.pe", "Ana", 1234567]
        builder = self.import_sheet(
            self.supervisor, "res.partner", [*rows, first, ["", "", "", "Luis", 12345678]]
        )
        ana, luis = builder.child_ids.sorted("name")
        self.assertEqual((ana.vat, ana.identity_proposal), ("1234567", "01234567"))
        self.assertFalse((builder + luis).filtered("identity_proposal"))
        self.on(self.supervisor, ana).action_keep_identities()
        later = ["__import__.builder", "Builder", "base.pe", "Rosa", ""]
        self.import_sheet(self.supervisor, "res.partner", [*rows, later])
        self.assertEqual(len(builder.child_ids), 3)
        self.assertFalse(ana.identity_proposal)

    def test_filter_finds_what_is_to_be_verified(self):
        contacts = self.contacts(1234567, 12345678, 7654321)
        found = self.on(self.supervisor, self.env["res.partner"]).search(
            [("identity_proposal", "!=", False), ("id", "in", contacts.ids)]
        )
        self.assertEqual(found, contacts[0] + contacts[2])
        arch = self.env["res.partner"].get_view(
            self.env.ref("base.view_res_partner_filter").id, "search"
        )["arch"]
        self.assertIn("identity_to_verify", arch)

    def test_holders_are_found_by_their_contracts(self):
        [holder] = self.contacts(1234567)
        contract = self.contract.copy({"name": "CT-Z"})
        contract.holder_ids = [Command.clear(), Command.create({"partner_id": holder.id})]
        found = self.on(self.supervisor, self.contract).search(
            [("holder_ids.partner_id.identity_proposal", "!=", False)]
        )
        self.assertIn(contract, found)
        self.assertNotIn(self.contract, found)

    def test_many_are_taken_at_once(self):
        contacts = self.contacts(1234567, 7654321, 12345678)
        action = self.env.ref("atencion_cliente.res_partner_action_accept_identities")
        context = {"active_model": "res.partner", "active_ids": contacts.ids}
        self.on(self.supervisor, action).with_context(**context).run()
        self.assertEqual(contacts.mapped("vat"), ["01234567", "07654321", "12345678"])

    def test_a_person_decides(self):
        accepted, kept, typed = self.contacts(1234567, 7654321, 1112223)
        self.on(self.supervisor, accepted).action_accept_identities()
        self.assertEqual((accepted.vat, accepted.identity_normalized), ("01234567", "01234567"))
        self.on(self.supervisor, kept).action_keep_identities()
        self.assertEqual(kept.vat, "7654321")
        typed.vat = "1112229"
        self.assertFalse((accepted + kept + typed).filtered("identity_proposal"))

    def test_only_the_system_writes_proposals(self):
        contact = self.contacts(1234567)
        forged, new = {"identity_proposal": "99999999"}, {"name": "Ana", "vat": "1234567"}
        child = {"child_ids": [Command.create(new | forged)]}
        for door, function in {
            "write": lambda seen: seen.write(forged),
            "with the number": lambda seen: seen.write(forged | {"vat": "7654321"}),
            "emptied": lambda seen: seen.write({"identity_proposal": False}),
            "form": lambda seen: seen.web_save(forged, {}),
            "new": lambda seen: seen.create(new | forged),
            "nested": lambda seen: seen.write(child),
            "login": lambda seen: self.portal_holder.sudo().write(forged),
        }.items():
            for user in (self.agent, self.supervisor, self.env.user):
                with (
                    self.subTest(door=door, user=user.login),
                    self.assertRaisesRegex(AccessError, "Proposed number"),
                ):
                    function(self.on(user, contact))
        self.assertEqual((contact.vat, contact.identity_proposal), ("1234567", "01234567"))
        found = self.on(self.supervisor, contact).load(
            ["name", "identity_proposal"], [["Ana", "99999999"]]
        )
        self.assertFalse(found["ids"])
        self.env["ir.default"].set("res.partner", "identity_proposal", "99999999")
        default = {"default_identity_proposal": "99999999"}
        for model in (contact, contact.with_context(**default)):
            self.assertFalse(self.on(self.supervisor, model).create(new).identity_proposal)

    def test_form_sends_back_the_proposal_it_has(self):
        contact = self.contacts(1234567)
        sent = {"identity_proposal": "01234567", "name": "Ana"}
        self.on(self.supervisor, contact).write(sent)
        self.assertEqual((contact.name, contact.identity_proposal), ("Ana", "01234567"))

    def test_merged_contacts_keep_the_proposal_of_the_number_that_stays(self):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        for numbers, proposal in (
            ((1234567, "20100047218"), False),
            (("20131312955", 7654321), "07654321"),
            ((7654322, None), "07654322"),
        ):
            with self.subTest(numbers=numbers):
                merged, kept = self.contacts(*numbers)
                wizard._merge((merged | kept).ids, kept)
                self.assertEqual(kept.identity_proposal, proposal)

    def test_who_may_not_write_decides_nothing(self):
        contact = self.contacts(1234567)
        reader = new_test_user(
            self.env,
            "typed_reader",
            "base.group_user",
            company_id=self.lima.id,
            company_ids=[Command.set(self.lima.ids)],
        )
        for action in ("action_accept_identities", "action_keep_identities"):
            with self.assertRaises(AccessError):
                getattr(self.on(reader, contact), action)()
        self.assertEqual((contact.vat, contact.identity_proposal), ("1234567", "01234567"))

    def test_contacts_of_others_are_left_alone(self):
        groups = "base.group_user,base.group_partner_manager"
        company = {"company_id": self.lima.id, "company_ids": [Command.set(self.lima.ids)]}
        clerk = new_test_user(self.env, "typed_clerk", groups, **company)
        self.assertFalse(self.contacts(1234567, user=clerk).identity_proposal)
        by_hand = self.env["res.partner"].create({"name": "Ana", "vat": "1234567"})
        self.assertFalse(by_hand.identity_proposal)

    def test_update_proposes_for_people_with_a_case_or_a_contract(self):
        values = {"vat": "1234567", "country_id": self.lima.country_id.id}
        asked, holder, other = self.env["res.partner"].create(
            [values | {"name": name} for name in ("Ana", "Rosa", "Luis")]
        )
        case = self.create_case(requester_firstname="Eva", requester_identity="7654321")
        self.create_case(requester_id=asked.id)
        contract = self.contract.copy({"name": "CT-U"})
        contract.holder_ids = [Command.clear(), Command.create({"partner_id": holder.id})]
        self.env.flush_all()
        file = Path(__file__).parents[1] / "migrations/19.0.1.6.0/post-identity-zeros.py"
        runpy.run_path(str(file))["migrate"](self.env.cr, "19.0.1.5.0")
        proposals = (asked + holder + other).mapped("identity_proposal")
        self.assertEqual(proposals, ["01234567", "01234567", False])
        self.assertEqual((asked.vat, case.identity_proposal), ("1234567", "07654321"))

    def test_requesters_of_cases(self):
        rows = [["subject", "type_id", "requester_firstname", "requester_identity"]]
        rows += [["Leak", self.type_working.name, "Ana", number] for number in (1234567, 87654321)]
        cases = self.import_sheet(self.supervisor, "atencion.case", rows)
        self.assertEqual(cases.mapped("requester_identity"), ["1234567", "87654321"])
        self.assertEqual(cases.mapped("identity_proposal"), ["01234567", False])
        found = self.env["atencion.case"].search([("identity_proposal", "!=", False)])
        self.assertEqual(found & cases, cases[0])
        with self.assertRaises(AccessError):
            self.on(self.supervisor, cases[0]).identity_proposal = "1"
        self.on(self.supervisor, cases[0]).action_accept_identities()
        self.assertEqual(cases[0].requester_identity, "01234567")
        self.assertFalse(cases[0].identity_proposal)

    def test_kind_that_was_chosen(self):
        for kind, proposal in (("pe_ce", "012345678"), ("foreign", False), ("pe_dni", False)):
            case = self.create_case(requester_firstname="Ana", requester_identity="12345678")
            case.with_context(import_file=True).requester_identity_kind = kind
            case._propose_identities()
            self.assertEqual(case.identity_proposal, proposal)
