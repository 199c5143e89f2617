from odoo import SUPERUSER_ID, api
from odoo.tools import convert_file

SHIPPED = "SELECT 1 FROM ir_model_data WHERE module = %s AND model LIKE %s LIMIT 1"


def migrate(cr, _version):
    """Databases of the first days of 19.0.1.3.0 get the warranty schemes that came after.

    Where there are any, or were and one is left, nothing comes back.
    """
    cr.execute(SHIPPED, ["atencion_cliente", "atencion.warranty.scheme"])
    if not cr.fetchone():
        env = api.Environment(cr, SUPERUSER_ID, {})
        data = "data/atencion_warranty_data.xml"
        convert_file(env, "atencion_cliente", data, {}, mode="init", noupdate=True)
