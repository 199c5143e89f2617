from odoo import Command

from . import models


def uninstall_hook(env):
    """Venezuela leaves the countries whose customers show a type, as it was before."""
    countries = env.ref("l10n_latam_base.latam", raise_if_not_found=False)
    if countries:
        countries.country_ids = [Command.unlink(env.ref("base.ve").id)]
