from odoo.addons.atencion_cliente.uninstall import forget_foreign_keys

from . import models, wizard


def uninstall_hook(env):
    """Remove Odoo's records of the foreign keys that this addon added to other tables."""
    forget_foreign_keys(env, "atencion_cliente_sale")
