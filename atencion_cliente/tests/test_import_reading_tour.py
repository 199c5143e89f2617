from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestImportReadingTour(HttpCase, AtencionCommon):
    """The import screen shows how it reads a file, before anything is created."""

    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("es_PE")
        self.supervisor.lang = "es_PE"

    def tour(self, action, name):
        # Odoo's own screen sends its files in arguments that its route does not name.
        with mute_logger("odoo.http"):
            address = f"/odoo/action-atencion_cliente.{action}?view_type=list"
            self.start_tour(address, name, login=self.supervisor.login)

    def test_dates(self):
        self.tour("atencion_contract_action", "atencion_import_dates")
        self.assertFalse(self.contract.search([("name", "=like", "TIP-%")]))

    def test_numbers_and_letters(self):
        self.tour("atencion_unit_action", "atencion_import_numbers")
        unit = self.flat.search([("code", "=like", "TIP-%")])
        self.assertEqual((unit.name, unit.area_m2), ("Uno, 2º", 1200))
