from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import LatamCommon


@tagged("post_install", "-at_install")
class TestPartnerIdentity(LatamCommon):
    def _create(self, kind, number, **vals):
        values = {
            "name": "Pedro Pérez",
            "country_id": (kind.country_id or self.venezuela).id,
            "l10n_latam_identification_type_id": kind.id,
            "vat": number,
        }
        return self.env["res.partner"].create(values | vals)

    def test_number_is_checked_by_its_type(self):
        for kind, right, wrong in self.rows():
            for number in right:
                with self.subTest(type=kind.name, number=number):
                    self.assertTrue(self._create(kind, number).identity_normalized)
            for number in wrong:
                with self.subTest(type=kind.name, number=number):
                    with self.assertRaises(ValidationError):
                        self._create(kind, number)

    def test_message_says_what_the_type_expects(self):
        with self.assertRaises(ValidationError) as refusal:
            self._create(self.cedula, "1234")
        self.assertIn("look like V-12.345.678", str(refusal.exception))
        with self.assertRaises(ValidationError) as refusal:
            self._create(self.passport, "none")
        self.assertIn("4 to 20 letters and digits", str(refusal.exception))

    def test_type_decides_and_not_the_country_of_residence(self):
        partner = self._create(self.cedula, "V-12.345.678", country_id=self.peru.id)
        self.assertEqual(partner.vat, "V-12.345.678")

    def test_another_type_is_checked_as_another_number_is(self):
        partner = self._create(self.dni, "00000101")
        with self.assertRaises(ValidationError):
            partner.l10n_latam_identification_type_id = self.ruc

    def test_type_that_names_no_document_leaves_it_to_the_country(self):
        model = self.env["res.partner"].with_context(no_vat_validation=True)
        values = {"name": "Ana", "country_id": self.peru.id}
        kind = {"l10n_latam_identification_type_id": self.any_vat.id}
        self.assertTrue(model.create(values | kind | {"vat": "00000101"}))
        with self.assertRaises(ValidationError) as refusal:
            model.create(values | kind | {"vat": "0000101"})
        self.assertIn("RUC, DNI, CE, Pasaporte", str(refusal.exception))

    def test_kind_is_known_whatever_the_user_reads(self):
        self.env["res.lang"]._activate_lang("es_PE")
        self.cedula.with_context(lang="es_PE").name = "Documento"
        spanish = self.cedula.with_context(lang="es_PE")
        self.assertEqual(spanish._identity_kind(), "Cédula")

    def test_chosen_type_is_the_kind_that_is_shown(self):
        partner = self._create(self.passport, "AB123456")
        self.assertEqual(partner.identity_kind, self.passport.name)

    def test_imports_keep_wrong_numbers(self):
        model = self.env["res.partner"].with_context(import_file=True)
        names = ["name", "country_id/id", "l10n_latam_identification_type_id/id", "vat"]
        row = ["Pedro", "base.ve", "atencion_cliente_latam.it_cedula", "1234"]
        result = model.load(names, [row])
        self.assertFalse(result["messages"])
        self.assertEqual(model.browse(result["ids"]).vat, "1234")

    def test_venezuelan_companies_see_the_type_on_customers(self):
        self.assertIn(self.venezuela, self.env.ref("l10n_latam_base.latam").country_ids)
