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
        # Odoo refuses tax numbers of its own; ours are doubted only.
        model = self.env["res.partner"].with_context(no_vat_validation=True)
        partner = model.create(values | vals).with_env(self.env)
        self.create_case(partner_id=partner.id)
        return partner

    def test_number_is_doubted_by_its_type_and_never_refused(self):
        for kind, right, wrong in self.rows():
            for number in right:
                with self.subTest(type=kind.name, number=number):
                    partner = self._create(kind, number)
                    self.assertTrue(partner.identity_normalized)
                    self.assertFalse(partner.identity_warning)
            for number in wrong:
                with self.subTest(type=kind.name, number=number):
                    partner = self._create(kind, number)
                    # Odoo writes tax numbers in its own notation.
                    self.assertIn(partner.vat, partner.identity_warning)

    def test_warning_says_what_the_type_expects(self):
        warning = self._create(self.cedula, "1234").identity_warning
        self.assertIn("look like V-12.345.678", warning)
        self.assertIn("look like AB123456", self._create(self.passport, "none").identity_warning)

    def test_contact_without_a_case_is_not_doubted(self):
        partner = self._create(self.cedula, "1234")
        self.env["atencion.case"].search([("partner_id", "=", partner.id)]).partner_id = False
        partner.invalidate_recordset(["identity_warning"])
        self.assertFalse(partner.identity_warning)

    def test_type_decides_and_not_the_country_of_residence(self):
        partner = self._create(self.cedula, "V-12.345.678", country_id=self.peru.id)
        self.assertFalse(partner.identity_warning)

    def test_zeros_are_proposed_by_the_type(self):
        for kind, proposal in ((self.dni, "01234567"), (self.passport, False)):
            partner = self._create(kind, "1234567", country_id=self.peru.id)
            partner._propose_identities()
            self.assertEqual(partner.identity_proposal, proposal)

    def test_another_type_is_doubted_as_another_number_is(self):
        partner = self._create(self.dni, "00000101")
        self.assertFalse(partner.identity_warning)
        partner.with_context(no_vat_validation=True).l10n_latam_identification_type_id = self.ruc
        self.assertTrue(partner.identity_warning)

    def test_type_that_names_no_document_leaves_it_to_the_country(self):
        self.assertFalse(
            self._create(self.any_vat, "00000101", country_id=self.peru.id).identity_warning
        )
        warning = self._create(self.any_vat, "0000101", country_id=self.peru.id).identity_warning
        self.assertIn("RUC, DNI, CE, Pasaporte", warning)

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
