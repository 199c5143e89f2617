import json

from odoo.http import Controller, content_disposition, request, route

from ..models.portal.atencion_unit_codes import CODES_URL
from ..tools.field_value import is_id
from .export import refusing_malformed_requests


class UnitCodes(Controller):
    @route(CODES_URL, type="http", auth="user", methods=["POST"], readonly=True)
    def unit_codes(self, ids="", **kwargs):
        """The PDF with the codes of units.

        :param str ids: a JSON list
        :raise BadRequest: ``ids`` is no such list
        :raise AccessError: the user may not read the units
        """
        with refusing_malformed_requests():
            chosen = json.loads(ids)
            if not isinstance(chosen, list) or not all(map(is_id, chosen)):
                raise ValueError("no ids")
        units = request.env["atencion.unit"].browse(chosen).exists()
        units.check_access("read")
        filename = f"{request.env._('Codes of units')}.pdf"
        return request.make_response(
            units._code_sheets(),
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition(filename)),
            ],
        )
