from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from odoo import models
from odoo.http import Response, request

from .atencion_unit_form import FORM_URL

FORMS = (FORM_URL, "/my/cases/new")
# Addresses that hold tokens begin so: of the pages of a case, of the forms, and of ratings.
PRIVATE = ("/my/cases/", "/atencion/", "/rate/")


class IrHttp(models.AbstractModel):
    """What holds for pages of customers before and after their controllers.

    Forms that do not reach theirs are answered in words. No other site is told the address of a
    page that holds a token, whatever the page links to or loads.
    """

    _inherit = "ir.http"

    @classmethod
    def _post_dispatch(cls, response):
        result = super()._post_dispatch(response)
        if request.httprequest.path.startswith(PRIVATE):
            response.headers["Referrer-Policy"] = "same-origin"
        return result

    @classmethod
    def _handle_error(cls, exception):
        if not cls._is_refused_form(exception):
            return super()._handle_error(exception)
        request.env.cr.rollback()
        values = {"company": request.env.company.sudo(), "code": exception.code}
        page = request.env["ir.ui.view"]._render_template("atencion_cliente.form_refused", values)
        response = Response(page, status=exception.code, content_type="text/html;charset=utf-8")
        cls._post_dispatch(response)
        return response

    @classmethod
    def _is_refused_form(cls, exception):
        """Whether a form is too large, or of a session that has ended."""
        path = request.httprequest.path
        is_form = any(path == form or path.startswith(f"{form}/") for form in FORMS)
        refusals = (BadRequest, RequestEntityTooLarge)
        return is_form and isinstance(exception, refusals) and bool(request.env.uid)
