from odoo import api, models

from ..content import (
    cases,
    company,
    documents,
    estate,
    files,
    handovers,
    letters,
    lives,
    people,
    plans,
    rules,
    service,
    surroundings,
)
from ..content.book import MODULE, Book


class AtencionDemo(models.AbstractModel):
    """The demo data: two projects, their buyers, and 120 cases with a history.

    XML data cannot contain histories, because the ledger of a case follows from its changes.
    So each case is created and changed by the methods of the application, at moments relative
    to ``today``, and meets all its rules. The data are plain lists in the modules of
    ``content``, which are loaded in the order of their dependencies.

    One company owns both projects, so that each demo user sees all 120 cases without
    switching companies. The different working hours of the trust are those of its area.
    """

    _name = "atencion.demo"
    _description = "Demo data of customer care"

    @api.model
    def _load(self, today=None):
        """Load the demo data, once.

        :param datetime.date today: the company's day that all dates are relative to,
            not in the future; today by default
        """
        if self._is_loaded():
            return
        book = Book(self.env(su=True))
        company.load(book)
        book.today = today or book.company._today()
        company.load_days_off(book)
        people.load(book)
        service.load(book)
        estate.load(book)
        files.load(book)
        lives.load(book, cases.load(book))
        surroundings.load(book)
        handovers.load(book)
        letters.load(book)
        documents.load(book)
        # The notifications of areas come last, so that loading the cases notifies nobody.
        service.load_notifications(book)
        plans.load(book)
        rules.load(book)

    @api.model
    def _is_loaded(self):
        domain = [("module", "=", MODULE), ("name", "=like", r"demo\_%")]
        return bool(self.env["ir.model.data"].sudo().search_count(domain, limit=1))
