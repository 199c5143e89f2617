import json

from werkzeug.exceptions import BadRequest

from odoo import fields
from odoo.fields import Domain
from odoo.http import Controller, content_disposition, request, route

from ..models.atencion_case_export import EXPORT_URL

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CaseExport(Controller):
    @route(EXPORT_URL, type="http", auth="user", readonly=True)
    def export_cases(self, data, token=None):
        """The Excel workbook of filtered or selected cases.

        :param str data: JSON with ``domain`` or ``ids`` of the cases, names of the
            visible ``columns``, ``order``, and ``company_ids``, the companies that
            the user is looking at
        :param str token: the web client adds it to every download
        :raise BadRequest: ``data`` is not such a JSON
        """
        try:
            options = json.loads(data)
            ids = [int(case_id) for case_id in options.get("ids") or ()]
            domain = Domain("id", "in", ids) if ids else Domain(options.get("domain") or [])
            columns = [str(name) for name in options.get("columns") or ()]
        except (AttributeError, TypeError, ValueError) as error:
            raise BadRequest(str(error)) from error
        cases = request.env["atencion.case"].with_context(active_test=not ids)
        if options.get("company_ids"):
            cases = cases.with_context(allowed_company_ids=options["company_ids"])
        workbook = cases._export_xlsx(domain, columns, options.get("order"))
        day = fields.Date.to_string(request.env.company._today())
        filename = f"{request.env._('Cases')} {day}.xlsx"
        return request.make_response(
            workbook,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(filename)),
            ],
        )
