from odoo.tests import HttpCase, tagged

from .support.common import AtencionCommon

MENU = "atencion_cliente.atencion_manual_menu"
FOLDER = "/atencion_cliente/static/manual"


@tagged("post_install", "-at_install")
class TestManual(HttpCase, AtencionCommon):
    def test_everybody_of_the_application_has_it_in_their_menu(self):
        auditor = self._create_user("auditor", "auditor", self.lima)
        menu = self.env.ref(MENU)
        for user in (self.agent, self.area_user, self.supervisor, self.manager, auditor):
            with self.subTest(user=user.login):
                self.assertIn(menu.id, self.env["ir.ui.menu"].with_user(user)._visible_menu_ids())

    def test_it_opens_beside_the_application(self):
        action = self.env.ref(MENU).action
        self.assertEqual((action._name, action.target), ("ir.actions.act_url", "new"))
        page = self.url_open(action.url)
        self.assertEqual(page.status_code, 200)
        self.assertTrue(page.headers["Content-Type"].startswith("text/html"))
        self.assertIn('<html lang="es">', page.text)

    def test_its_files_are_served(self):
        for name in ("listas.html", "manual.css", "pictures/lista.png"):
            with self.subTest(name=name):
                self.assertEqual(self.url_open(f"{FOLDER}/{name}").status_code, 200)
