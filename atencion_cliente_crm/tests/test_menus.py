from odoo.tests import TransactionCase, tagged

CORE = "atencion_cliente.atencion_cliente_menu_root"
BRIDGE = "atencion_cliente_crm.atencion_cliente_menu_root"


@tagged("post_install", "-at_install")
class TestMenus(TransactionCase):
    def _entries(self, root, *names):
        """Name and action of the entries of a menu, below some of its sections."""
        top = self.env.ref(root).child_id.filtered(lambda menu: menu.name in names)
        menus = self.env["ir.ui.menu"].search([("id", "child_of", top.ids)])
        return [(menu.name, menu.action, menu.parent_id.name) for menu in menus]

    def test_crm_has_the_same_entries_as_the_application(self):
        names = ("Cases", "Solutions", "Configure service", "Help")
        entries = self._entries(BRIDGE, *names)
        self.assertGreater(len(entries), 10)
        self.assertCountEqual(entries, self._entries(CORE, *names))

    def test_only_administrators_configure_there(self):
        menu = self.env.ref("atencion_cliente_crm.atencion_configuration_menu")
        self.assertEqual(menu.group_ids, self.env.ref("atencion_cliente.group_manager"))
