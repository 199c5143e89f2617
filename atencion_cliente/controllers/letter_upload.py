from base64 import b64decode, b64encode
from pathlib import PurePath

from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.html_editor.controllers.main import HTML_Editor

from ..tools.letter_picture import printed_picture

LETTERS = ("atencion.document.generate", "atencion.document.template")
SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg"}


class LetterUpload(HTML_Editor):
    @route()
    def add_data(self, name, data, is_image, *args, res_model="ir.ui.view", **kwargs):
        """Convert the pictures of letters to what is printed, so that the screen shows the same.

        What cannot be converted, such as SVG, is refused: it would not be printed.
        """
        if is_image and res_model in LETTERS:
            picture = printed_picture(self._uploaded(data))
            if not picture:
                # As Odoo's own refusals: the editor shows them beside the name of the file.
                return {"error": self._unprintable()}
            mimetype, content = picture
            name = f"{PurePath(str(name or 'image')).stem}{SUFFIXES[mimetype]}"
            data = b64encode(content)
        return super().add_data(name, data, is_image, *args, res_model=res_model, **kwargs)

    def _unprintable(self):
        return request.env._(
            "This picture cannot be printed. Upload it as JPG or PNG, of 50 megapixels at most."
        )

    def _uploaded(self, data):
        """The content of an uploaded file.

        :raise UserError: it is no file
        """
        try:
            return b64decode(data)
        except (TypeError, ValueError) as error:
            raise UserError(
                request.env._("The picture did not arrive whole. Upload it again.")
            ) from error
