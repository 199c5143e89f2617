from odoo.tests import TransactionCase, tagged

from odoo.addons.atencion_cliente.tests.support.translations import Translations


@tagged("post_install", "-at_install")
class TestTranslation(Translations, TransactionCase):
    MODULE = "atencion_cliente_dashboard"

    def test_spanish_is_complete(self):
        self.assertTranslated("Open cases by area and alert")
        self.assertPlaceholdersKept()
        self.assertEdgesKept()
