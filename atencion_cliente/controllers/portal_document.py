from odoo.http import Controller, request, route

from ..tools.uploaded_file import MAX_FILES, MAX_SIZE
from .portal import URL
from .portal_access import unknown_case
from .portal_acts import acting_case, back_to_page, refusal_of


class CaseDocument(Controller):
    """Customers hand over the documents that their case asks for."""

    @route(
        f"{URL}/<int:case_id>/document/<int:line_id>",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def portal_hand_over_document(self, case_id, line_id, access_token=None, **kwargs):
        """Store the files of a document. Those of other cases are unknown like other cases."""
        case = acting_case(case_id, access_token)
        document = case.document_ids.filtered(lambda one: one.id == line_id)
        if not document:
            return unknown_case()
        refusal = refusal_of(case._hand_over_document, document, sent_files("files"))
        return back_to_page(case, f"document-{document.id}", refusal, document=document.id)


def sent_files(name):
    """The files of a field of a form, read as far as their limits: pairs of name and content.

    :param str name: of the field
    """
    found = []
    for file in request.httprequest.files.getlist(name):
        # A field without a choice sends one file without a name.
        if file.filename and len(found) <= MAX_FILES:
            # Odoo rewinds only the first one when the database asks to repeat the request.
            file.seek(0)
            found.append((file.filename, file.read(MAX_SIZE + 1)))
    return found
