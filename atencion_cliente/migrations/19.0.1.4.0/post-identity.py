"""The search key of an identity number no longer has the country or the name of its type."""

from odoo import SUPERUSER_ID, api
from odoo.tools import split_every

from odoo.addons.atencion_cliente.tools import identity

BATCH = 1000


def migrate(cr, _version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    # The key of a number without letters is the number itself.
    cr.execute("SELECT id FROM res_partner WHERE vat ~ '^[[:space:]]*[[:alpha:]]' ORDER BY id")
    for ids in split_every(BATCH, [partner_id for (partner_id,) in cr.fetchall()]):
        partners = env["res.partner"].browse(ids)
        changed = partners.filtered(
            lambda partner: (
                identity.normalize(partner.vat, partner.country_id.code)
                != (partner.identity_normalized or "")
            )
        )
        # The texts by which contracts and units are searched depend on it too.
        changed.modified(["vat"])
        env.flush_all()
        env.invalidate_all()
