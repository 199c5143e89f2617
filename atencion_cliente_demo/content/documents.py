"""Files and exceptions among the documents of the cases, and types that move them."""

from .cases import PLANS
from .files import File, page
from .service import TYPES

# Types whose cases move by themselves, once the demo histories are told.
MOVING = ("papers", "new_holder", "statement", "disbursement")
# Cases whose first documents have a file, so many.
WITH_FILES = 4
NEEDLESS = "Constancia de no adeudo"
WAIVED = {"state": "waived", "reason": "Consta en el sistema de cobranzas; no hace falta el papel."}


def load(book):
    for kind in MOVING:
        book[f"type_{kind}"].auto_advance = True
    cases = [
        book[key]
        for key, plan in PLANS.items()
        if TYPES[plan.kind].documents and book[key].document_ids[:1].state == "received"
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
    """One document that the company did not insist on."""
    for case in cases:
        document = case.document_ids.filtered(lambda line: line.name == NEEDLESS)
        if document:
            document.with_user(case.user_id or book["user_gestor"]).sudo().write(WAIVED)
            return
