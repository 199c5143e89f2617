"""The key of an identity number has neither its country nor the name of its kind any more."""

from odoo import SUPERUSER_ID, api
from odoo.tools import split_every

from odoo.addons.atencion_cliente.tools import identity

BATCH = 1000


def migrate(cr, _version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    # What is digits alone is its own key.
    cr.execute("SELECT id FROM res_partner WHERE vat ~ '^[[:space:]]*[[:alpha:]]' ORDER BY id")
    for ids in split_every(BATCH, [partner_id for (partner_id,) in cr.fetchall()]):
        partners = env["res.partner"].browse(ids)
        changed = partners.filtered(
            lambda partner: (
                identity.normalize(partner.vat, partner.country_id.code)
                != (partner.identity_normalized or "")
            )
        )
        # The texts that contracts and units are searched by follow.
        changed.modified(["vat"])
        env.flush_all()
        env.invalidate_all()
