from odoo import api, models
from odoo.fields import Domain
from odoo.tools import escape_psql

# What a customer may leave of their list, by the state of each case.
FILTERS = {
    "all": lambda stage: True,
    "open": lambda stage: not stage.is_closed,
    "waiting": lambda stage: stage.pauses_clock,
    "closed": lambda stage: stage.is_closed,
}
SORTINGS = {
    "newest": "received_at desc, id desc",
    "oldest": "received_at, id",
    "state": "stage_id, received_at desc, id desc",
}
# A search looks for so many words; more would only make it slow.
MAX_WORDS = 5
# What a row of the list shows.
SHOWN = ("name", "subject", "request_date", "response", "stage_id", "unit_id")
OF_STAGES = ("customer_label", "is_closed", "name", "pauses_clock")


class AtencionCaseCustomerList(models.Model):
    """The list of a customer's cases: filtered, searched, sorted and counted.

    Record rules decide which cases these are.
    """

    _inherit = "atencion.case"

    @api.model
    def _customer_list(self, chosen, order, text):
        """The cases of the user, and how many each filter finds.

        :param str chosen: key of ``FILTERS``
        :param str order: key of ``SORTINGS``
        :param str text: words in the number, the subject or the unit; empty finds all
        :rtype: tuple[models.Model, dict[str, int]]
        """
        if not self.has_access("read"):
            return self.browse(), dict.fromkeys(FILTERS, 0)
        # sudo: a customer has no rights on states, and reads how their own cases stand.
        stages = self.env["atencion.case.stage"].sudo().with_context(active_test=False)
        stages = stages.search_fetch([], OF_STAGES)
        found = self._customer_search(text)
        groups = self._read_group(found, ["stage_id"], ["__count"])
        by_stage = {stage.id: count for stage, count in groups}
        filters = {key: stages.filtered(is_shown).ids for key, is_shown in FILTERS.items()}
        counts = {
            key: sum(by_stage.get(stage_id, 0) for stage_id in ids) for key, ids in filters.items()
        }
        if not counts[chosen]:
            return self.browse(), counts
        # All at once: with a limit, PostgreSQL goes through the newest cases of everybody until
        # it has found enough of one customer.
        domain = found & Domain("stage_id", "in", filters[chosen])
        return self.search(domain, order=SORTINGS[order]), counts

    @api.model
    def _customer_search(self, text):
        """The domain of the cases with each of some words in number, subject or unit.

        :param str text: ``%`` and ``_`` in it stand for themselves
        :rtype: Domain
        """
        return Domain.AND(self._customer_word(word) for word in text.split()[:MAX_WORDS])

    @api.model
    def _customer_word(self, word):
        word = escape_psql(word)
        unit = Domain("code", "ilike", word) | Domain("name", "ilike", word)
        # Without the rights on units, which a customer lacks: these are of their own cases.
        found = Domain("unit_id", "any!", unit)
        return found | Domain("name", "ilike", word) | Domain("subject", "ilike", word)
