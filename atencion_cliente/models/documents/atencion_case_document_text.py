from markupsafe import Markup

from odoo import models
from odoo.tools import format_date

from ...tools import documents


class AtencionCaseDocumentText(models.Model):
    """The text of a document for the customer, and its form for ``tools.documents``."""

    _inherit = "atencion.case.document"

    def _is_untouched(self):
        """Whether the document is pending, without a reason and without files."""
        self.ensure_one()
        return self.state == "pending" and not self.reason and not self.sudo().attachment_ids

    def _customer_text(self):
        """The document, its reason and its due date, in the language of the context.

        :rtype: Markup
        """
        self.ensure_one()
        words = Markup("<b>%s</b>") % self._customer_name()
        if not self.mandatory:
            words += self.env._(" (optional)")
        if self.state == "rejected":
            words += self.env._(": we could not accept it. %s", self.reason)
        if self.due_date:
            words += Markup("<br/>") + self.env._(
                "Until %s", format_date(self.env, self.due_date, date_format="long")
            )
        return words

    def _customer_name(self):
        """The name of the document, in the language of the context.

        The name of the requirement is translated, unless an agent changed the name.
        """
        self.ensure_one()
        # The names of all languages, and of all requirements of the case, are read at once.
        requirement = self.requirement_id.with_context(prefetch_langs=True)
        translations = {
            requirement.with_context(lang=code).name
            for code, _name in self.env["res.lang"].get_installed()
        }
        return requirement.name if self.name in translations else self.name

    def _as_listed_document(self, lang):
        """The document, as ``tools.documents`` takes it.

        :param str lang: language of the name
        :rtype: documents.ListedDocument
        """
        self.ensure_one()
        requirement = self.requirement_id
        name = requirement.with_context(lang=lang).name if requirement else self.name
        return documents.ListedDocument(self.id, name, requirement.id or None, self._is_untouched())
