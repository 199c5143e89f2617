from odoo import api, fields, models
from odoo.exceptions import RedirectWarning

from ..tools.letter_brackets import brackets_left, empty_answers
from ..tools.letter_markup import image_addresses


class AtencionDocumentDoubts(models.TransientModel):
    """What a letter still says that its writer may have overlooked.

    It is printed or sent when the writer, who is told all doubts, says so.
    """

    _inherit = "atencion.document.generate"

    doubts = fields.Text(compute="_compute_doubts", compute_sudo=False)

    @api.depends("template_id", "case_id", "subject", "body")
    def _compute_doubts(self):
        for letter in self:
            letter.doubts = "\n".join(letter._doubts())

    def _doubts(self):
        """The doubts about the letter, one text each.

        :rtype: list[str]
        """
        self.ensure_one()
        if not self.template_id or not self.case_id:
            return []
        doubts = self._unwritten()
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

    def _unwritten(self):
        """Doubts about what the template leaves for the writer to write."""
        lang = self.lang or self.env.lang
        template, *others = (self.template_id | self._fitting_templates()).with_context(lang=lang)
        left = brackets_left(
            f"<p>{template.subject}</p>{template.body_html}",
            f"<p>{self.subject or ''}</p>{self.body or ''}",
            "".join(f"<p>{other.subject}</p>{other.body_html}" for other in others),
        )
        answers = empty_answers(str(template.body_html or ""), str(self.body or ""))
        doubts = [
            self.env._("“%s” is still in the text. Write there what the customer should read.", one)
            for one in left
        ]
        return doubts + [
            self.env._("Nothing follows “%s”. Write there what the customer should read.", one)
            for one in answers
        ]

    def _check_doubts(self, button):
        """Refuse a letter with doubts, and offer to go on all the same.

        :param str button: the method that goes on
        :raise RedirectWarning: tells all doubts
        """
        doubts = self._doubts()
        if doubts:
            label = {
                "action_print_as_it_is": self.env._("Print as it is"),
                "action_send_as_it_is": self.env._("Send as it is"),
            }[button]
            action = self.env.ref(f"atencion_cliente.atencion_document_{button}").id
            context = {"active_model": self._name, "active_id": self.id, "active_ids": self.ids}
            raise RedirectWarning("\n".join(doubts), action, label, context)
