from odoo.addons.atencion_cliente.uninstall import forget_foreign_keys

from . import models, wizard


def uninstall_hook(env):
    """Odoo keeps what it notes of foreign keys of tables that stay."""
    forget_foreign_keys(env, "atencion_cliente_sale")
