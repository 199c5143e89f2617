from odoo import SUPERUSER_ID, api
from odoo.tools import convert_file


def migrate(cr, _version):
    """Databases from before warranties get the elements and schemes of a new one.

    An update leaves out what ``forcecreate`` says to leave out: an administrator who has
    deleted a scheme does not get it back.

    Cases get no warranty: no category has an element yet. Once they have, a supervisor
    recalculates the warranty of the cases that he chooses.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    data = "data/atencion_warranty_data.xml"
    convert_file(env, "atencion_cliente", data, {}, mode="init", noupdate=True)
