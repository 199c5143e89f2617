from odoo.http import Controller, route

from .portal import URL
from .portal_access import unknown_case
from .portal_acts import acting_case, back_to_page, refusal_of
from .sent_files import sent_files


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
