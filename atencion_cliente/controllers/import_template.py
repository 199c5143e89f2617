from werkzeug.exceptions import NotFound

from odoo.http import Controller, content_disposition, request, route

from ..models.imports.atencion_import_template import TEMPLATE_URL
from .export import XLSX


class ImportTemplate(Controller):
    @route(f"{TEMPLATE_URL}/<string:model>", type="http", auth="user", readonly=True)
    def import_template(self, model):
        """The Excel template for importing records of a model.

        :param str model: name of the model
        :raise NotFound: the model has no template
        :raise AccessError: the user may not create records of it
        """
        mixin = request.env.registry["atencion.import.template"]
        if not issubclass(request.env.registry.get(model, object), mixin):
            raise NotFound
        records = request.env[model]
        records.check_access("create")
        filename = f"{records._import_title()}.xlsx"
        return request.make_response(
            records._import_template(),
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(filename)),
            ],
        )
