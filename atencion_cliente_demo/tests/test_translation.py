from odoo.tests import TransactionCase, tagged

from odoo.addons.atencion_cliente.tests.support.translations import Translations


@tagged("post_install", "-at_install")
class TestTranslation(Translations, TransactionCase):
    MODULE = "atencion_cliente_demo"

    def test_spanish_is_complete(self):
        self.assertTranslated("Demo data of customer care")
        self.assertPlaceholdersKept()
        self.assertEdgesKept()
