from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .support.common import AtencionCommon
from .support.importing import Importing

CONTACT = ["name", "vat", "country_id"]
CONTRACT = ["name", "unit_ids", "holder_ids/partner_id"]


@tagged("post_install", "-at_install")
class TestImportContacts(Importing, AtencionCommon):
    """Each person is imported once, and is named where a file means one of several."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lima.country_id = cls.env.ref("base.pe")

    def load_contacts(self, *rows, user=None, header=CONTACT):
        return self.load(user or self.supervisor, "res.partner", header, list(rows))

    def contacts(self, *rows, **options):
        return self.env["res.partner"].browse(
            self.assertLoaded(self.load_contacts(*rows, **options))
        )

    def test_a_second_import_of_the_same_file_loads_nothing(self):
        rows = [["Ana Díaz", "40000001", "PE"], ["José Pérez", "40000002", "PE"]]
        self.contacts(*rows)
        result = self.load_contacts(["Eva Luna", "40000003", "PE"], *rows)
        self.assertRefused(result, "Ana Díaz", "40000001", row=1)
        self.assertEqual([message["rows"]["from"] for message in result["messages"]], [1, 2])
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Eva Luna")]))

    def test_the_same_person_written_otherwise(self):
        self.contacts(["Ana Díaz", "40000001", "PE"])
        self.assertRefused(self.load_contacts(["ANA  DIAZ", "DNI 4000-0001", "PE"]), "ANA")

    def test_a_person_twice_in_a_file(self):
        row = ["Ana Díaz", "40000001", "PE"]
        self.assertRefused(self.load_contacts(row, row), "Ana Díaz", row=1)

    def test_a_number_that_got_its_zeros_meanwhile(self):
        row = ["Ana Díaz", "1234567", "PE"]
        self.on(self.supervisor, self.contacts(row)).action_accept_identities()
        self.assertRefused(self.load_contacts(row), "Ana Díaz")

    def test_other_people_are_loaded(self):
        """Spouses with one number, homonyms with two, and people without any."""
        rows = [["Ana Díaz", "40000001", "PE"], ["José Pérez", "40000001", "PE"]]
        rows += [["Ana Díaz", "40000002", "PE"], ["Eva", "", ""], ["Eva", "", ""]]
        self.assertEqual(len(self.contacts(*rows)), 5)

    def test_a_contact_of_another_company_is_another_one(self):
        contact = self.contacts(["Ana Díaz", "40000001", "PE"])
        contact.company_id = self.other_company()
        self.assertTrue(self.contacts(["Ana Díaz", "40000001", "PE"]))

    def other_company(self):
        company = self.env["res.company"].create({"name": "Trujillo Homes"})
        self.supervisor.company_ids |= company
        return company

    def test_contacts_are_updated_by_their_ids(self):
        header = ["id", *CONTACT, "city"]
        row = ["ana", "Ana Díaz", "40000001", "PE"]
        contact = self.contacts([*row, "Lima"], header=header)
        self.assertEqual(self.contacts([*row, "Cusco"], header=header), contact)
        self.assertEqual(contact.city, "Cusco")
        by_id = [str(contact.id), *row[1:], "Tacna"]
        self.assertEqual(self.contacts(by_id, header=[".id", *header[1:]]), contact)
        self.assertEqual(contact.city, "Tacna")
        result = self.load_contacts(["other", *row[1:], "Lima"], header=header)
        self.assertRefused(result, "Ana Díaz")

    def test_imports_of_others_stay_as_they_are(self):
        clerk = new_test_user(
            self.env,
            "import_clerk",
            "base.group_user,base.group_partner_manager",
            company_id=self.lima.id,
            company_ids=[Command.set(self.lima.ids)],
        )
        row = ["Ana Díaz", "40000001", "PE"]
        self.assertTrue(self.contacts(row, user=clerk))
        self.assertTrue(self.contacts(row, user=clerk))

    def test_a_number_of_two_people_names_them(self):
        self.contacts(["Ana Díaz", "40000001", "PE"], ["José Pérez", "40000001", "PE"])
        self.env["res.lang"]._activate_lang("es_ES")
        self.env["ir.module.module"]._load_module_terms(["atencion_cliente"], ["es_ES"])
        contracts = self.on(self.supervisor, self.env["atencion.contract"])
        contracts = contracts.with_context(lang="es_ES", import_file=True)
        result = contracts.load(CONTRACT, [["CT-50", "Gardens / A-101", "40000001"]])
        self.assertRefused(result, "Ana Díaz, José Pérez", "Titular")
        self.assertNotIn("Holder", result["messages"][0]["message"])
