import json
import logging
from contextlib import contextmanager

from psycopg2 import DataError, ProgrammingError
from werkzeug.exceptions import BadRequest

from odoo import fields
from odoo.fields import Domain
from odoo.http import Controller, content_disposition, request, route

from ..models.case.atencion_case_export import EXPORT_URL
from ..tools.field_value import is_id

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Errors that an invalid domain, order or number causes.
MALFORMED_REQUEST_ERRORS = (
    AttributeError,
    DataError,
    KeyError,
    NotImplementedError,
    OverflowError,
    ProgrammingError,
    RecursionError,
    TypeError,
    ValueError,
)

_logger = logging.getLogger(__name__)


@contextmanager
def refusing_malformed_requests():
    """Answer a malformed request with status 400 and a sentence.

    :raise BadRequest: the block fails with such an error
    """
    try:
        yield
    except MALFORMED_REQUEST_ERRORS as error:
        _logger.info("Refused request: %s", repr(error)[:200])
        raise BadRequest(
            request.env._("The request cannot be understood. Reload the page and try again.")
        ) from error


class CaseExport(Controller):
    @route(EXPORT_URL, type="http", auth="user", readonly=False)
    def export_cases(self, data="", token=None):
        """The Excel workbook of filtered or selected cases.

        :param str data: JSON with the ``domain`` or the ``ids`` of the cases, the names of
            the visible ``columns``, the ``order``, and ``company_ids``, the companies that
            are selected in the web client
        :param str token: the web client adds it to every download
        :raise BadRequest: ``data`` is not such a JSON
        :raise AccessError: the user may not export cases
        """
        cases = request.env["atencion.case"]
        cases._check_may_export()
        with refusing_malformed_requests():
            options = json.loads(data)
            # Lone surrogates fail here: an error message could not quote them.
            json.dumps(options, ensure_ascii=False).encode()
            cases, columns = self._requested(cases, options)
        workbook = cases._export_xlsx(columns)
        day = fields.Date.to_string(request.env.company._today())
        filename = f"{request.env._('Cases')} {day}.xlsx"
        return request.make_response(
            workbook,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(filename)),
            ],
        )

    def _requested(self, cases, options):
        """The cases and the columns that a request names."""
        companies, ids = (self._ids(options.get(name)) for name in ("company_ids", "ids"))
        if companies:
            cases = cases.with_context(allowed_company_ids=companies)
        domain = Domain("id", "in", ids) if ids else Domain(options.get("domain") or [])
        columns = [str(name) for name in options.get("columns") or ()]
        order = options.get("order") or None
        return cases.with_context(active_test=not ids).search(domain, order=order), columns

    def _ids(self, values):
        ids = list(values or ())
        if not all(map(is_id, ids)):
            raise ValueError("no ids")
        return ids
