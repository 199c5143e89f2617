from markupsafe import Markup

from odoo import models
from odoo.tools import is_html_empty, plaintext2html

from ...tools.evidence import quoted

# What the customer asked for, and what they were told or said of it.
TEXTS = (
    *("description", "response", "customer_comment"),
    *("good_description", "provider_statement"),
)
# Keys of the data of a transaction, which Odoo empties at its end: the cases that it registers,
# and what the texts of the others said before it.
NEW_CASES = "atencion.cases_with_new_texts"
FORMER_TEXTS = "atencion.former_texts"


class AtencionCaseTexts(models.Model):
    """A text of a case that is changed after the registration stays readable in its log.

    One line for all changes of a text that a user makes in one transaction, whatever the context
    of a client says. The transaction that registers a case completes its texts without a line.
    """

    _inherit = "atencion.case"

    def _after_create(self, vals_list, carried):
        self.env.cr.precommit.data.setdefault(NEW_CASES, {}).update(dict.fromkeys(self.ids))
        super()._after_create(vals_list, carried)

    def _prepare_write(self, vals, carried):
        vals = super()._prepare_write(vals, carried)
        names = [name for name in TEXTS if name in vals]
        if names:
            self._remember_texts(names)
        return vals

    def _remember_texts(self, names):
        """Remember what texts say before their first change by the user in this transaction."""
        precommit = self.env.cr.precommit
        if FORMER_TEXTS not in precommit.data:
            precommit.data[FORMER_TEXTS] = {}
            precommit.add(self._log_former_texts)
        former = precommit.data[FORMER_TEXTS]
        new = precommit.data.get(NEW_CASES, ())
        # sudo: whoever may write the text lets the former one be kept.
        for case in self.sudo().filtered(lambda case: case.id not in new):
            for name in names:
                former.setdefault((case.id, self.env.uid, name), case[name])

    def _log_former_texts(self):
        """Log the texts that say something else at the end of the transaction."""
        former = self.env.cr.precommit.data.pop(FORMER_TEXTS, {})
        # sudo: whoever has changed the text may not see the case any longer.
        cases = self.sudo().browse({case_id for case_id, _uid, _name in former}).exists()
        for (case_id, uid, name), before in former.items():
            case = cases.browse(case_id)
            if case in cases and (before or "") != (case[name] or ""):
                author = self.env["res.users"].sudo().browse(uid).partner_id
                case._message_log(body=case._former_text(name, before), author_id=author.id)

    def _former_text(self, name, before):
        """The line of the log about a text that was changed.

        :param str before: what it said
        """
        field = self._fields[name]
        label = field._description_string(self.env)
        if field.type == "text":
            before = plaintext2html(before or "")
        if is_html_empty(before):
            return self.env._("“%s” was written.", label)
        title = self.env._("“%s” was changed. It said:", label)
        return Markup("<p>%s</p>%s") % (title, quoted(before))
