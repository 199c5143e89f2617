from odoo.tests import TransactionCase, tagged

from odoo.addons.atencion_cliente.tests.support.translations import Translations


@tagged("post_install", "-at_install")
class TestTranslation(Translations, TransactionCase):
    MODULE = "atencion_cliente_digest"

    def test_spanish_is_complete(self):
        self.assertTranslated("Cases received")
        self.assertPlaceholdersKept()
        self.assertEdgesKept()
