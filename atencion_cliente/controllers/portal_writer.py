from odoo.http import request

from odoo.addons.mail.controllers.thread import ThreadController
from odoo.addons.portal.utils import validate_thread_with_hash_pid


class PortalWriter(ThreadController):
    def _prepare_message_data(self, post_data, *, thread, **kwargs):
        """What customers write is said to the staff, and is no note that nobody is told of.

        Whoever writes by the link of a typed requester writes in the typed name.
        """
        data = super()._prepare_message_data(post_data, thread=thread, **kwargs)
        user = request.env.user
        is_new = kwargs.get("from_create") and not user._is_internal()
        if not is_new or thread._name != "atencion.case":
            return data
        data |= {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        if not user._is_public():
            return data
        if validate_thread_with_hash_pid(thread, kwargs.get("hash"), kwargs.get("pid")):
            return data
        # sudo: the link was checked, and whose it is stands on the case.
        typed = thread.sudo()._typed_sender()
        return data | {"author_id": False, "email_from": typed} if typed else data
