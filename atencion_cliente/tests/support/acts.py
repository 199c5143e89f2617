import base64
import io

from PIL import Image

from odoo import http
from odoo.tests import HttpCase

from .documents import DocumentsCommon

ANSWER = "<p>We changed the seal on Monday.</p>"
REASON = "It leaks again under the sink"
# Seconds.
PATIENCE = 120


def picture(kind="JPEG", size=(40, 20), ink="darkblue"):
    """A small photograph, or a signature as a browser draws it."""
    image = Image.new("RGB", size, "white")
    image.paste(ink, (5, 5, 30, 9))
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


class CustomerActsCommon(HttpCase, DocumentsCommon):
    """Cases of CT-1 that its holder requested, and what customers send from their pages.

    holder and coholder hold CT-1; portal_stranger has nothing to do with it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.signature = base64.b64encode(picture("PNG")).decode()

    @classmethod
    def own_case(cls, **vals):
        """An open case that waits for documents."""
        values = {"contract_id": cls.contract.id, "requester_id": cls.holder.id}
        return cls.moving_case(**(values | {"user_id": cls.agent.id} | vals))

    @classmethod
    def answered_case(cls, **vals):
        values = {"resolution": "<p>Seal changed</p>", "response": ANSWER}
        case = cls.own_case(type_id=cls.type_two_days.id, **(values | vals))
        cls.move(case, "CLO")
        cls.end_of_work()
        return case

    @classmethod
    def end_of_work(cls):
        """What Odoo does before it commits, and the caches of the next request."""
        cls.env.cr.flush()
        cls.env.invalidate_all()

    @classmethod
    def token(cls, case):
        token = case._portal_ensure_token()
        cls.end_of_work()
        return token

    def enter(self, user=None):
        self.authenticate(user and user.login, user and user.login)

    def open_page(self, case, token=None):
        query = f"?access_token={token}" if token else ""
        return self.url_open(case.access_url + query, timeout=PATIENCE)

    def send(self, case, act, token=None, files=None, csrf=True, follow=True, **data):
        """Send a form of the page of a case.

        :param str act: the end of its address
        :param files: pairs of a name and a content
        """
        self.end_of_work()
        query = f"?access_token={token}" if token else ""
        if csrf:
            data["csrf_token"] = http.Request.csrf_token(self)
        answer = self.url_open(
            f"/my/cases/{case.id}/{act}{query}",
            data=data or {"nothing": "x"},
            files=[("files", file) for file in files or ()],
            allow_redirects=follow,
            timeout=PATIENCE,
        )
        self.env.invalidate_all()
        return answer

    def hand_over(self, case, *files, line="Deed", **options):
        files = files or (("deed.jpg", picture()),)
        act = f"document/{self.line(case, line).id}"
        return self.send(case, act, files=files, **options)

    def confirm(self, case, **options):
        return self.send(case, "confirm", **({"answer": case._answer_digest()} | options))

    def reopen(self, case, reason=REASON, **options):
        return self.send(case, "reopen", reason=reason, **options)

    def sign(self, case, token=None, **values):
        """Sign by the form of Odoo's portal; what it is told."""
        self.end_of_work()
        values = {"name": "Rosa Quispe", "signature": self.signature} | values
        answer = values.pop("answer", case._answer_digest())
        query = f"answer={answer}" + (f"&access_token={token}" if token else "")
        # The first document of a server loads what prints it.
        address = f"/my/cases/{case.id}/sign?{query}"
        result = self.make_jsonrpc_request(address, values, timeout=PATIENCE)
        self.env.invalidate_all()
        return result

    def last_said(self, case):
        """The last message of the conversation with the customer."""
        comment = self.env.ref("mail.mt_comment")
        return case.message_ids.filtered(lambda one: one.subtype_id == comment)[:1]
