from markupsafe import Markup

from odoo import models
from odoo.tools import format_date

from ...tools import documents


class AtencionCaseDocumentText(models.Model):
    """A document as the customer reads of it, and as the rule of matching names sees it."""

    _inherit = "atencion.case.document"

    def _is_untouched(self):
        """Whether nothing was said about the document nor attached to it."""
        self.ensure_one()
        return self.state == "pending" and not self.reason and not self.sudo().attachment_ids

    def _as_asked_for(self):
        """How the customer reads what he has to hand over, in his language.

        :rtype: Markup
        """
        self.ensure_one()
        requirement = self.requirement_id
        # An agent may have named it anew, in whichever language.
        known = requirement and requirement.get_field_translations("name")[0]
        ours = requirement and self.name in [row["value"] or row["source"] for row in known]
        name = requirement.name if ours else self.name
        words = Markup("<b>%s</b>") % name
        if not self.mandatory:
            words += self.env._(" (optional)")
        if self.state == "rejected":
            words += self.env._(": we could not accept it. %s", self.reason)
        if self.due_date:
            words += Markup("<br/>") + self.env._(
                "Until %s", format_date(self.env, self.due_date, date_format="long")
            )
        return words

    def _as_line(self, lang):
        """The document for the pure rule, by its name in a language.

        :rtype: documents.Line
        """
        self.ensure_one()
        requirement = self.requirement_id
        name = requirement.with_context(lang=lang).name if requirement else self.name
        return documents.Line(self.id, name, requirement.id or None, self._is_untouched())
