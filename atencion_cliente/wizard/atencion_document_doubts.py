from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.letter_brackets import brackets_left
from ..tools.letter_markup import image_addresses


class AtencionDocumentDoubts(models.TransientModel):
    """What a letter still says that its writer may have overlooked.

    It is not printed or sent before the writer confirms it.
    """

    _inherit = "atencion.document.generate"

    doubts = fields.Text(compute="_compute_doubts", compute_sudo=False)
    is_confirmed = fields.Boolean(
        "Print or send it as it is",
        compute="_compute_is_confirmed",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("template_id", "case_id", "subject", "body")
    def _compute_doubts(self):
        for letter in self:
            letter.doubts = "\n".join(letter._doubts())

    @api.depends("template_id", "case_id", "subject", "body")
    def _compute_is_confirmed(self):
        """What was confirmed is the letter as it was: a change asks again."""
        self.is_confirmed = False

    def _doubts(self):
        """The doubts about the letter, one text each.

        :rtype: list[str]
        """
        self.ensure_one()
        if not self.template_id or not self.case_id:
            return []
        doubts = [
            self.env._(
                "“%s” is still in the text. Write there what the customer should read.", left
            )
            for left in self._brackets_left()
        ]
        if self.template_id.kind == "documents" and not self.case_id._awaited_documents():
            doubts.append(self.env._("The letter asks for documents, and the case waits for none."))
        pictures = [one for one in image_addresses(self.body) if not self._picture(one)]
        if pictures:
            doubts.append(
                self.env._(
                    "Pictures that will not be printed: %s. Upload them again as JPG or PNG, of "
                    "50 megapixels at most.",
                    len(pictures),
                )
            )
        return doubts

    def _brackets_left(self):
        template = self.template_id.with_context(lang=self.lang or self.env.lang)
        source = f"<p>{template.subject}</p>{template.body_html}"
        return brackets_left(source, f"<p>{self.subject or ''}</p>{self.body or ''}")

    def _check_doubts(self):
        """Refuse a letter with doubts that its writer has not confirmed.

        :raise UserError: tells them all
        """
        doubts = [] if self.is_confirmed else self._doubts()
        if doubts:
            doubts.append(self.env._("Correct the letter, or tick “Print or send it as it is”."))
            raise UserError("\n".join(doubts))
