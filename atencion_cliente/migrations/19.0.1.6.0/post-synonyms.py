"""Searches know the words of the trade. An update creates none, since a deleted one stays so."""

from odoo import SUPERUSER_ID, api
from odoo.tools import convert_file

FILE = "data/atencion_synonym_data.xml"


def migrate(cr, _version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    if not env["atencion.synonym"].with_context(active_test=False).search_count([], limit=1):
        convert_file(env, "atencion_cliente", FILE, {}, mode="init", noupdate=True)
