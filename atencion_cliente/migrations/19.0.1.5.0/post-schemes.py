from odoo import SUPERUSER_ID, api
from odoo.tools import convert_file

SHIPPED = "SELECT 1 FROM ir_model_data WHERE module = %s AND model LIKE %s LIMIT 1"


def migrate(cr, _version):
    """Load the warranty schemes into databases of the first days of 19.0.1.3.0.

    That version had none at first. A database in which some are left is not changed:
    schemes that an administrator has deleted must not come back.
    """
    cr.execute(SHIPPED, ["atencion_cliente", "atencion.warranty.scheme"])
    if not cr.fetchone():
        env = api.Environment(cr, SUPERUSER_ID, {})
        data = "data/atencion_warranty_data.xml"
        convert_file(env, "atencion_cliente", data, {}, mode="init", noupdate=True)
