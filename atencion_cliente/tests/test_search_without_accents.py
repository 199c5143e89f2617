from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.modules.db import FunctionStatus
from odoo.tests import tagged
from odoo.tools import SQL

from .support.common import AtencionCommon
from .support.search_box import typed_in_box

PLAIN = "nothing like this"


@tagged("post_install", "-at_install")
class TestSearchWithoutAccents(AtencionCommon):
    """Who leaves out accents finds the same, wherever they search."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute("SELECT unaccent('Ñuñoa')")
        cls.holder.name = "Begoña Muñoz Güell"
        cls.project.write({"name": "Parque Ñuñoa", "code": "ÑU"})
        cls.flat.name = "Ático sur"
        cls.contract.name = "CT-ÑU-1"
        cls.case = cls.create_case(
            subject="Filtración en el baño, acta Nº 12",
            description="<p>El agua cayó sobre el cañón</p>",
            requester_lastname="Peñaloza",
            partner_id=cls.holder.id,
            contract_id=cls.contract.id,
            unit_id=cls.flat.id,
        )
        cls.env.flush_all()

    def test_the_search_box_of_cases(self):
        cases = self.on(self.agent2, self.env["atencion.case"])
        for field, texts in {
            "subject": (
                *("filtracion", "FILTRACION EN EL BANO", "Filtración", "baño", "BAÑO"),
                *("acta N° 12", "ACTA nº 12"),
            ),
            "requester_id": ("penaloza", "PEÑALOZA"),
            "partner_id": ("munoz", "Muñoz", "guell"),
            # The line “Customer”.
            "requester_lastname": ("munoz", "GUELL", "penaloza"),
            "project_id": ("nunoa", "ÑUÑOA"),
            "unit_id": ("atico",),
            "contract_id": ("ct-nu",),
        }.items():
            for text in texts:
                with self.subTest(field=field, text=text):
                    self.assertEqual(typed_in_box(cases, text, field), self.case)
        self.assertEqual(cases.search([("description", "ilike", "cayo sobre el canon")]), self.case)
        self.assertFalse(typed_in_box(cases, "filtracon"))

    def test_drop_down_lists(self):
        for model, texts, record in (
            ("res.partner", ("munoz", "MUÑOZ", "begona munoz"), self.holder),
            ("atencion.project", ("nunoa", "nu"), self.project),
            ("atencion.unit", ("atico", "ÁTICO", "begona"), self.flat),
            ("atencion.contract", ("ct-nu-1", "munoz guell"), self.contract),
            ("atencion.case", ("filtracion",), self.case),
        ):
            for text in texts:
                with self.subTest(model=model, text=text):
                    found = self.on(self.supervisor, self.env[model]).name_search(text)
                    self.assertIn(record.id, [id_ for id_, _label in found])

    def test_who_calls_is_found(self):
        cases = self.on(self.agent, self.env["atencion.case"])
        for text in ("munoz", "ct-nu-1", "Begona"):
            with self.subTest(text=text):
                labels = [match["label"] for match in cases.lookup(text)]
                self.assertTrue(any("CT-ÑU-1" in label for label in labels), labels)
        [match] = cases.lookup("ct-nu-1")
        self.assertEqual(match["matched"], "Contract CT-ÑU-1")

    def test_customers_find_their_cases(self):
        cases = self.on(self.portal_holder, self.env["atencion.case"])
        for text in ("filtracion", "bano atico", "ÁTICO"):
            with self.subTest(text=text):
                self.assertEqual(cases._customer_list("all", "newest", text)[0], self.case)

    def test_labels_that_are_computed(self):
        case = self.create_case(request_date="2020-01-01")
        found = case.search([("alert_label", "ilike", "dáys lâte"), ("id", "=", case.id)])
        self.assertEqual(found, case)
        self.assertEqual(case.filtered_domain([("alert_label", "ilike", "dáys")]), case)


@tagged("post_install", "-at_install")
class TestTextIndex(AtencionCommon):
    """Indexes of before ``unaccent`` are made anew, and Settings warn of what is missing."""

    def _before(self, *indexes):
        """Make indexes as Odoo made them without ``unaccent``."""
        for table, column in indexes:
            name = SQL.identifier(f"{table}__{column}_index")
            self.env.cr.execute(SQL("DROP INDEX %s", name))
            self.env.cr.execute(
                SQL(
                    "CREATE INDEX %s ON %s USING gin (%s gin_trgm_ops)",
                    name,
                    SQL.identifier(table),
                    SQL.identifier(column),
                )
            )

    def _plan(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        query = self.env["atencion.case"].sudo()._search([("subject", "ilike", PLAIN)], order="id")
        self.env.cr.execute(SQL("EXPLAIN %s", query.select()))
        return str(self.env.cr.fetchall())

    def _warning(self):
        settings = self.env["res.config.settings"].create({})
        return settings.atencion_search_warning, settings.atencion_has_unused_indexes

    def test_indexes_of_before_are_made_anew(self):
        model = self.env["atencion.text.index"]
        self.assertFalse(model._unused())
        self.assertIn("atencion_case__subject_index", self._plan())
        self._before(("atencion_case", "subject"), ("mail_blacklist", "email"))
        self.assertEqual(
            model._unused(),
            {
                "atencion_case__subject_index": "atencion.case",
                "mail_blacklist__email_index": "mail.blacklist",
            },
        )
        self.assertNotIn("atencion_case__subject_index", self._plan())
        model._renew_unused()
        self.assertFalse(model._unused())
        self.assertIn("atencion_case__subject_index", self._plan())

    def test_an_administrator_makes_them_anew(self):
        self.assertEqual(self._warning(), (False, False))
        self._before(("atencion_case", "subject"))
        text, has_unused = self._warning()
        self.assertIn("indexes", text)
        self.assertTrue(has_unused)
        settings = self.env["res.config.settings"].create({})
        for user in (self.manager, self.supervisor):
            with self.assertRaises(AccessError):
                settings.with_user(user).action_renew_text_indexes()
        settings.action_renew_text_indexes()
        self.assertEqual(self._warning(), (False, False))

    def test_missing_indexes_are_made_anew(self):
        """PostgreSQL drops the indexes that have a function together with its extension."""
        names = ["atencion_case__subject_index", "mail_blacklist__email_index"]
        self.env.cr.execute(SQL("DROP INDEX %s", SQL(", ").join(map(SQL.identifier, names))))
        self.assertEqual(list(self.env["atencion.text.index"]._unused()), names)
        text, has_unused = self._warning()
        self.assertIn("missing", text)
        self.assertTrue(has_unused)
        self.env["res.config.settings"].create({}).action_renew_text_indexes()
        self.assertEqual(self._warning(), (False, False))
        self.assertIn("atencion_case__subject_index", self._plan())
        with patch.object(self.registry, "has_trigram", False):
            self.assertEqual(self._warning(), (False, False), "Odoo makes none")

    def test_settings_warn_where_unaccent_is_missing(self):
        for status, word in (
            (FunctionStatus.MISSING, "filtracion"),
            (FunctionStatus.PRESENT, "immutable"),
        ):
            with self.subTest(status), patch.object(self.registry, "has_unaccent", status):
                self.assertIn(word, self._warning()[0])
        view = self.env.ref("atencion_cliente.res_config_settings_view_form_search")
        self.assertIn("atencion_search_warning", view.arch)
