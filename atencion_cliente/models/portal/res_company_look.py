import hashlib
import re
from functools import cache
from pathlib import Path

from odoo import api, models
from odoo.tools.misc import file_path

from ...tools.contrast import readable_color
from ...tools.customer_form import MAX_LINES
from ...tools.phone import parted
from ...tools.uploaded_file import MAX_FILES, MAX_SIZE

FILES = "atencion_cliente/static/src/customer_form"
OWN_COLOR = "#1f5c8b"


class ResCompanyLook(models.Model):
    """How the pages of customers look that do without Odoo's frame."""

    _inherit = "res.company"

    def _customer_page_color(self):
        """The color of the company's documents, if it can be read on white, else ours."""
        return readable_color(self.primary_color, OWN_COLOR)

    def _customer_page_telephone(self):
        """The digits to dial, without an extension; empty if the company has no telephone."""
        number = parted(self.phone or "", self.country_id.code).number
        return re.sub(r"[^0-9+]", "", number)

    @api.model
    def _customer_page_file(self, name):
        """The address of a file of these pages, which is another one when a file changes.

        :param str name: such as ``main.js``
        """
        return f"/{FILES}/{name}?v={_files_version()}"

    @api.model
    def _customer_form_limits(self):
        """What browsers check before they send a form: the server checks it all the same."""
        return {"bytes": MAX_SIZE, "files": MAX_FILES, "lines": MAX_LINES}


@cache
def _files_version():
    """What tells the present files from those that browsers have kept; as long as Odoo runs."""
    digest = hashlib.sha256()
    for path in sorted(Path(file_path(FILES)).iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
