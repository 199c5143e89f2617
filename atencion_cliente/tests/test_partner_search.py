from .support.common import AtencionCommon


class TestPartnerSearch(AtencionCommon):
    """Contacts are found by their identity number, and other searches cost what they did."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.env["res.partner"].create(
            {"name": "Carmen Vega", "vat": "V-12.345.678", "email": "carmen@example.com"}
        )

    def found(self, text, user=None):
        contacts = self.on(user or self.agent, self.env["res.partner"])
        return [partner_id for partner_id, _name in contacts.name_search(text)]

    def test_whole_number_in_any_notation(self):
        for text in ("V12345678", "v-12345678", "V-12.345.678", " V 12 345 678 "):
            with self.subTest(text):
                self.assertIn(self.person.id, self.found(text))

    def test_what_odoo_finds_is_found_as_well(self):
        other = self.env["res.partner"].create({"name": "Lot V12345678"})
        self.assertEqual(set(self.found("V12345678")), {self.person.id, other.id})
        self.assertIn(self.person.id, self.found("carmen"))

    def test_nobody_is_found_whom_the_user_cannot_read(self):
        self.person.company_id = self.santiago
        self.assertNotIn(self.person.id, self.found("V12345678"))
        self.person.write({"company_id": False, "active": False})
        self.assertNotIn(self.person.id, self.found("V12345678"))

    # pylint: disable-next=missing-return
    def test_texts_that_are_no_number_search_as_in_odoo(self):
        contacts = self.env["res.partner"]
        ours = next(part for part in type(contacts).__mro__ if "_find_named" in vars(part))
        for text in ("calle 12", "2024", "0012", "J-12", "Torre 3 piso 15", "Rosa", "", "99999"):
            with self.subTest(text):
                in_odoo = super(ours, contacts)._search_display_name(  # pylint: disable=super-method-mismatch
                    "ilike", text
                )
                self.assertEqual(list(contacts._search_display_name("ilike", text)), list(in_odoo))

    def test_statements(self):
        """A text with a few digits costs none of ours, a whole number one, by its index."""
        contacts = self.env["res.partner"]
        for text, statements in (("calle 12", 0), ("2024", 0), ("J-12", 0), ("70000101", 1)):
            with self.subTest(text), self.assertQueryCount(statements):
                contacts._search_display_name("ilike", text)
