from odoo import Command

from odoo.addons.atencion_cliente.uninstall import forget_foreign_keys

from . import models


def uninstall_hook(env):
    """Remove Venezuela from the countries that show identification types, as before."""
    countries = env.ref("l10n_latam_base.latam", raise_if_not_found=False)
    if countries:
        countries.country_ids = [Command.unlink(env.ref("base.ve").id)]
    forget_foreign_keys(env, "atencion_cliente_latam")
