from odoo.http import request, route

from odoo.addons.mail.controllers.attachment import AttachmentController

from ..tools.field_value import written_id
from ..tools.uploaded_file import MAX_SIZE, UploadRefused, uploaded_file
from .portal_access import find_case


class PortalUpload(AttachmentController):
    @route()
    def mail_attachment_upload(self, ufile, thread_id, thread_model, is_pending=False, **kwargs):
        """Files that customers add to what they say in a case are like all that they send.

        They wait for the message: no file gets into a case beside the conversation.
        """
        if thread_model == "atencion.case" and not request.env.user._is_internal():
            is_pending = True
            case = find_case(written_id(thread_id), kwargs.get("token"))
            refusal = self._refusal(case, ufile)
            if refusal:
                return request.make_json_response({"error": refusal})
        return super().mail_attachment_upload(
            ufile, thread_id, thread_model, is_pending=is_pending, **kwargs
        )

    def _refusal(self, case, ufile):
        """Why a file of a customer is not taken, in words; what is taken gets a name that fits.

        :param case: to which it is sent; Odoo answers who may not open it
        """
        try:
            file = uploaded_file(ufile.filename, ufile.read(MAX_SIZE + 1))
            if case:
                case._refuse_full_day(len(file.content))
        except UploadRefused as refused:
            return request.env["atencion.case"]._upload_refusal_text(refused)
        ufile.seek(0)
        ufile.filename = file.name
        return ""
