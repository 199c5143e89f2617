import json

from odoo import fields
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
        """
        options = json.loads(data)
        cases = request.env["atencion.case"]
        if options.get("company_ids"):
            cases = cases.with_context(allowed_company_ids=options["company_ids"])
        domain = options.get("domain") or []
        if options.get("ids"):
            domain = [("id", "in", options["ids"])]
        workbook = cases.with_context(active_test=not options.get("ids"))._export_xlsx(
            domain, options.get("columns") or [], options.get("order")
        )
        day = fields.Date.to_string(request.env.company._today())
        filename = f"{request.env._('Cases')} {day}.xlsx"
        return request.make_response(
            workbook,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(filename)),
            ],
        )
