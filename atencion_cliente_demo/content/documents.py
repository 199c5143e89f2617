"""Files and exceptions among the documents of the cases, and types that move them."""

from .cases import PLANS
from .files import File, page
from .service import TYPES

# Types whose cases follow their documents. Set after the histories are loaded.
AUTO_ADVANCED = ("papers", "new_holder", "statement", "disbursement")
# Number of cases whose first document gets a file.
WITH_FILES = 4
WAIVED_DOCUMENT = "Constancia de no adeudo"
WAIVED = {"state": "waived", "reason": "Consta en el sistema de cobranzas; no hace falta el papel."}


def load(book):
    for key in AUTO_ADVANCED:
        book[f"type_{key}"].auto_advance = True
    cases = [
        book[key]
        for key, plan in PLANS.items()
        if TYPES[plan.case_type].documents and book[key].document_ids[:1].state == "received"
    ]
    for position, case in enumerate(cases[:WITH_FILES], start=1):
        _attach(book, f"file_document_{position}", case.document_ids[0])
    _waive(book, cases)


def _attach(book, key, document):
    name = f"{document.name} - {document.case_id.requester_name}.pdf"
    lines = (f"Entregado para el caso {document.case_id.name}.",)
    values = {
        "name": name,
        "raw": page(File("", name, lines)),
        "res_model": document._name,
        "res_id": document.id,
    }
    document.attachment_ids = book.add("ir.attachment", {key: values})


def _waive(book, cases):
    """Waive one document."""
    for case in cases:
        document = case.document_ids.filtered(lambda line: line.name == WAIVED_DOCUMENT)
        if document:
            document.with_user(case.user_id or book["user_gestor"]).sudo().write(WAIVED)
            return
