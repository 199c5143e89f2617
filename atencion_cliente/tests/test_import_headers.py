from odoo.tests import tagged

from odoo.addons.atencion_cliente.tools.import_headers import OTHER_NAMES

from .support.common import AtencionCommon
from .support.importing import OPTIONS, Importing


@tagged("post_install", "-at_install")
class TestImportHeaders(Importing, AtencionCommon):
    """What people write above a column is mapped to the field that they mean."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("es_ES")
        cls.env["ir.module.module"]._load_module_terms(["base", "atencion_cliente"], ["es_ES"])
        cls.supervisor.lang = "es_ES"

    def mapped(self, model, *headers, user=None):
        """The paths of fields that the screen maps headers to, None for those to none."""
        user = user or self.supervisor
        screens = self.on(user, self.env["base_import.import"]).with_context(lang=user.lang)
        lines = [";".join(headers), ";".join("x" for _header in headers)]
        screen = screens.create(
            {
                "res_model": model,
                "file": "\n".join(lines).encode(),
                "file_type": "text/csv",
                "file_name": "a.csv",
            }
        )
        preview = screen.parse_preview(OPTIONS | {"quoting": '"', "separator": ";"})
        self.assertNotIn("error", preview)
        matches = preview["matches"] or {}
        return ["/".join(matches[i]) if i in matches else None for i in range(len(headers))]

    def test_other_names(self):
        for model, paths in OTHER_NAMES.items():
            for path, names in paths.items():
                for name in names:
                    for written in (name, name.upper()):
                        with self.subTest(model, header=written):
                            self.assertEqual(self.mapped(model, written, "-"), [path, None])

    def test_the_template_names_the_number_as_the_screens_do(self):
        contacts = self.on(self.supervisor, self.env["res.partner"])
        self.assertEqual(
            contacts.with_context(lang="en_US")._import_header("vat"), "Identity number"
        )
        label = contacts.with_context(lang="es_ES").fields_get(["vat"])["vat"]["string"]
        self.assertEqual(self.mapped("res.partner", label, "Tax ID"), ["vat", None])

    def test_of_two_columns_the_one_of_the_template_counts(self):
        header = self.on(self.supervisor, self.env["res.partner"])._import_header("vat")
        self.assertEqual(self.mapped("res.partner", "RUC", header), [None, "vat"])

    def test_holders_with_and_without_blanks_around_the_slash(self):
        for header in ("Titulares/Titular", "Holders / Holder", "Holders/Share (%)"):
            with self.subTest(header):
                [path, _other] = self.mapped("atencion.contract", header, "-")
                self.assertTrue(path.startswith("holder_ids/"))

    def test_a_path_that_makes_no_sense_is_mapped_to_nothing(self):
        self.assertEqual(self.mapped("atencion.contract", "Titulares/Proyecto", "-"), [None, None])

    def test_what_a_user_chose_before_counts(self):
        self.env["base_import.mapping"].create(
            {"res_model": "res.partner", "column_name": "documento", "field_name": "ref"}
        )
        self.assertEqual(self.mapped("res.partner", "Documento", "-"), ["ref", None])

    def test_contacts_of_others_are_mapped_as_in_odoo(self):
        self.outsider.group_ids |= self.env.ref("base.group_partner_manager")
        self.assertNotEqual(
            self.mapped("res.partner", "Cédula", "-", user=self.outsider), ["vat", None]
        )

    def test_our_template_of_contacts_is_offered_alone(self):
        templates = self.on(self.supervisor, self.env["res.partner"]).get_import_templates()
        self.assertEqual(
            [link["template"] for link in templates],
            ["/atencion_cliente/import_template/res.partner"],
        )
