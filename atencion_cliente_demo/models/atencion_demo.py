from odoo import api, models

from ..content import (
    cases,
    company,
    documents,
    estate,
    files,
    handovers,
    letters,
    people,
    plans,
    rules,
    service,
    surroundings,
)
from ..content.book import MODULE, Book


class AtencionDemo(models.AbstractModel):
    """The demo data: two projects, their buyers, and 120 cases with a past.

    Histories cannot come from plain XML: the ledger of a case follows from what
    happened to it. So each case is created and moved through the real path, at moments
    relative to ``today``, and satisfies every rule of the product. The data are plain
    lists in the modules of ``content``; the order of the calls below is theirs.

    One company owns both projects: the totals of the 120 cases are then what each demo
    user sees without switching companies, and the trust's own hours are those of its
    area. Several companies are the matter of tests.
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
        cases.load(book)
        surroundings.load(book)
        handovers.load(book)
        letters.load(book)
        documents.load(book)
        # Areas learn whom to tell when there is nothing to tell any more.
        service.load_notifications(book)
        plans.load(book)
        rules.load(book)

    @api.model
    def _is_loaded(self):
        domain = [("module", "=", MODULE), ("name", "=like", r"demo\_%")]
        return bool(self.env["ir.model.data"].sudo().search_count(domain, limit=1))
