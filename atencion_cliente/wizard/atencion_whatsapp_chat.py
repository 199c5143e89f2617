import binascii
from base64 import b64decode, b64encode

from odoo import Command, fields, models
from odoo.exceptions import UserError
from odoo.tools.image import image_process

from ..models.base.public_method import public
from ..tools.whatsapp_export import ExportRefused, kept_file, read_export

# So many pictures are shown small: each takes a moment.
PICTURES_MOST = 60
PICTURE_SIZE = (160, 160)


class AtencionWhatsappChat(models.TransientModel):
    """The dialog in which an agent keeps a conversation of WhatsApp on a case.

    It is pasted, or uploaded as the telephone exports it. Of an export with files, the agent
    chooses those that belong to the case in a second step.
    """

    _name = "atencion.whatsapp.chat"
    _description = "Paste a conversation"
    _inherit = ["atencion.input", "atencion.dialog"]

    case_id = fields.Many2one("atencion.case", required=True, ondelete="cascade")
    text = fields.Text("Conversation")
    upload = fields.Binary("Exported file", attachment=False)
    upload_name = fields.Char()
    file_ids = fields.One2many("atencion.whatsapp.chat.file", "chat_id", "Files")

    @public(one=True)
    def action_add(self):
        """Keep the conversation on the case, or first ask which of its files belong to it.

        :raise UserError: there is no conversation, or what was uploaded cannot be read
        """
        self.case_id.check_access("write")
        text, files = self._exported() if self.upload else (self.text or "", {})
        if not text.strip():
            raise UserError(self.env._("Paste the conversation, or upload it as it was exported."))
        if files and not self.file_ids:
            return self._ask_for_files(text, files)
        chosen = set(self.file_ids.filtered("is_chosen").mapped("name"))
        self.case_id._keep_chat(text, [one for one in files.values() if one.name in chosen])
        return {"type": "ir.actions.act_window_close"}

    def _exported(self):
        """The conversation, and by its name in it each file that may be kept.

        :rtype: tuple[str, dict[str, tools.uploaded_file.UploadedFile]]
        :raise UserError: says why the upload cannot be read
        """
        try:
            text, contents = read_export(b64decode(self.upload))
        except (ExportRefused, binascii.Error) as error:
            raise UserError(self._refusal(getattr(error, "code", "broken"))) from error
        files = {name: kept_file(name, content) for name, content in contents.items()}
        return text, {name: file for name, file in files.items() if file}

    def _refusal(self, code):
        texts = {
            "empty": self.env._("The file is empty."),
            "no_text": self.env._(
                "There is no conversation in the archive. Upload what WhatsApp exports: a text, or "
                "an archive with the text and its files."
            ),
            "too_large": self.env._(
                "The export is too large: at most 5 MB of text and 50 MB with its files. Export it "
                "without files, and attach the files that matter to the case."
            ),
            "too_many": self.env._(
                "The export has more than 500 files. Export it without files, and attach those "
                "that matter to the case."
            ),
        }
        return texts.get(
            code,
            self.env._(
                "The file cannot be read. Upload what WhatsApp exports: a text, or an archive."
            ),
        )

    def _ask_for_files(self, text, files):
        """Show the dialog again, with the files and what was said with them."""
        said = {one.file: one for one in self.case_id._read_chat(text) if one.file}
        lines, pictures = [], 0
        for name, file in files.items():
            is_shown = file.mimetype.startswith("image/") and pictures < PICTURES_MOST
            pictures += is_shown
            lines.append(
                Command.create(
                    {
                        "name": file.name,
                        "said": self.case_id._said_with(said.get(name)),
                        "picture": _small(file.content) if is_shown else False,
                    }
                )
            )
        self.file_ids = lines
        return self._get_records_action(name=self._description, target="new")


def _small(content):
    """A small picture, as Odoo keeps binary values; False if it cannot be drawn."""
    try:
        return b64encode(image_process(content, size=PICTURE_SIZE, output_format="PNG"))
    except (UserError, ValueError, OSError):
        return False
