from odoo.tests import TransactionCase, tagged

from odoo.addons.atencion_cliente.tests.support.translations import Translations


@tagged("post_install", "-at_install")
class TestTranslation(Translations, TransactionCase):
    MODULE = "atencion_cliente_crm"

    def test_spanish_is_complete(self):
        self.assertTranslated("New opportunity")
        self.assertPlaceholdersKept()
        self.assertEdgesKept()
