from odoo import SUPERUSER_ID, api
from odoo.tools import convert_file


def migrate(cr, _version):
    """Load the elements and schemes of the warranty into databases from before warranties.

    An update does not load them, because they have ``forcecreate="False"``: a scheme that an
    administrator has deleted must not come back.

    Cases get no warranty, because no category has an element yet. Once categories have one,
    a supervisor recalculates the warranty of chosen cases.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    data = "data/atencion_warranty_data.xml"
    convert_file(env, "atencion_cliente", data, {}, mode="init", noupdate=True)
