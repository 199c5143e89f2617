from markupsafe import Markup

from odoo import models
from odoo.tools import is_html_empty, plaintext2html

from ...tools.evidence import quoted

# What the customer asked for, and what they were told or said of it.
TEXTS = (
    *("description", "response", "customer_comment"),
    *("good_description", "provider_statement"),
)
# Key of the data of a transaction, which Odoo empties at its end.
TEXTS_OF_CASES = "atencion.texts_of_cases"


class AtencionCaseTexts(models.Model):
    """A text of a case that is changed after the registration stays readable in its log.

    One line for all changes of a text that a user makes in one transaction, whatever the context
    of a client says. The transaction that registers a case completes its texts without a line.
    """

    _inherit = "atencion.case"

    def _after_create(self, vals_list, carried):
        new, _former = self._texts_of_transaction()
        new.update(self.ids)
        super()._after_create(vals_list, carried)

    def _prepare_write(self, vals, carried):
        vals = super()._prepare_write(vals, carried)
        names = [name for name in TEXTS if name in vals]
        if names:
            self._remember_texts(names)
        return vals

    def _texts_of_transaction(self):
        """The ids of the cases that the transaction registers, and what texts said before it.

        :rtype: tuple[set, dict]
        """
        precommit = self.env.cr.precommit
        if TEXTS_OF_CASES not in precommit.data:
            precommit.data[TEXTS_OF_CASES] = (set(), {})
            precommit.add(self._log_former_texts)
        return precommit.data[TEXTS_OF_CASES]

    def _remember_texts(self, names):
        """Remember what texts say before their first change by the user in this transaction."""
        new, former = self._texts_of_transaction()
        # sudo: whoever may write the text lets the former one be kept.
        for case in self.sudo().filtered(lambda case: case.id not in new):
            for name in names:
                former.setdefault((case.id, self.env.uid, name), case[name])

    def _log_former_texts(self):
        """Log the texts that say something else at the end of the transaction."""
        _new, former = self.env.cr.precommit.data.pop(TEXTS_OF_CASES, ((), {}))
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
