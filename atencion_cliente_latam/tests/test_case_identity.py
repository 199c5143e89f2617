from lxml import etree

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import LatamCommon


@tagged("post_install", "-at_install")
class TestCaseIdentity(LatamCommon):
    def _typed_case(self, kind, number, **vals):
        values = {
            "requester_firstname": "Pedro",
            "requester_lastname": "Pérez",
            "requester_identification_type_id": kind.id,
            "requester_identity": number,
        }
        return self.create_case(**values | vals)

    def test_number_of_a_requester_is_checked_by_its_type(self):
        for kind, right, wrong in self.rows():
            for number in right:
                with self.subTest(type=kind.name, number=number):
                    self.assertEqual(self._typed_case(kind, number).requester_identity, number)
            for number in wrong:
                with self.subTest(type=kind.name, number=number):
                    with self.assertRaises(ValidationError):
                        self._typed_case(kind, number)

    def test_without_a_type_no_number_is_refused(self):
        nothing = self.rif.browse()
        for kind in (nothing, self.any_vat):
            case = self._typed_case(kind, "0000101")
            self.assertIn("RUC, DNI, CE, Pasaporte", case.customer_warning)
            self.assertFalse(self._typed_case(kind, "00000101").customer_warning)

    def test_number_is_kept_by_choosing_another_document_or_none(self):
        case = self._typed_case(self.dni, "00000101")
        for kind in (self.foreign, self.rif.browse()):
            case.write(
                {"requester_identification_type_id": kind.id, "requester_identity": "0000101"}
            )
            self.assertEqual(case.requester_identity, "0000101")

    def test_requester_with_a_wrong_number_is_registered(self):
        case = self._typed_case(self.rif.browse(), "20000001017", requester_phone=False)
        case.action_register_requester()
        self.assertEqual(case.requester_id.vat, "20000001017")

    def test_another_type_is_checked_as_another_number_is(self):
        case = self._typed_case(self.dni, "00000101")
        with self.assertRaises(ValidationError):
            case.requester_identification_type_id = self.ruc

    def test_imports_keep_wrong_numbers(self):
        model = self.env["atencion.case"].with_context(import_file=True)
        values = {
            "requester_identification_type_id": self.cedula.id,
            "requester_identity": "1234",
        }
        self.assertEqual(model.create(self.case_values(**values)).requester_identity, "1234")

    def test_agent_chooses_the_type_in_the_form(self):
        with Form(self.on(self.agent, self.env["atencion.case"])) as form:
            form.subject = "Leak"
            form.type_id = self.type_two_days
            form.requester_firstname = "Pedro"
            form.requester_phone = "+51987654321"
            form.requester_identification_type_id = self.cedula
            form.requester_identity = "V-12.345.678"
        self.assertEqual(form.record.requester_identification_type_id.sudo(), self.cedula)

    def test_new_requirement_takes_the_type_along(self):
        case = self._typed_case(self.cedula, "V-12.345.678")
        context = case.action_create_requirement()["context"]
        self.assertEqual(context["default_requester_identification_type_id"], self.cedula.id)
        self.assertNotIn("default_id", context)

    def test_registered_requester_keeps_the_type(self):
        case = self._typed_case(self.cedula, "V-12.345.678")
        case.action_register_requester()
        self.assertRecordValues(
            case.requester_id,
            [{"l10n_latam_identification_type_id": self.cedula.id, "vat": "V-12.345.678"}],
        )

    def test_registered_requester_gets_the_type_that_fits_the_number(self):
        nothing = self.rif.browse()
        for number, kind in (("00000101", self.dni), ("20000001016", self.ruc)):
            with self.subTest(number):
                case = self._typed_case(nothing, number)
                case.action_register_requester()
                self.assertEqual(case.requester_id.l10n_latam_identification_type_id, kind)

    def test_requester_without_a_number_is_registered_as_usual(self):
        case = self._typed_case(self.rif.browse(), False)
        case.action_register_requester()
        self.assertEqual(case.requester_id.name, "Pedro Pérez")
        self.assertFalse(case.requester_id.vat)

    def test_form_has_type_and_number_in_one_row(self):
        arch = etree.fromstring(self.env["atencion.case"].get_view(view_type="form")["arch"])
        [number] = arch.xpath("//field[@name='requester_identity']")
        self.assertEqual(
            number.xpath("../field/@name"),
            ["requester_identification_type_id", "requester_identity"],
        )
