import logging
import secrets
import time

from odoo.exceptions import UserError
from odoo.http import request

from ..models.base.contained import contained
from ..models.portal.atencion_incoming_mail_form import FormVisit
from ..models.portal.form_token import read, signed
from ..tools import customer_form
from ..tools.customer_form import MAX_LINES, Typed, line_errors, read_form
from ..tools.mail_digest import content_digest
from ..tools.uploaded_file import ACCEPT, UploadRefused, uploaded_files
from .form_words import words
from .sent_files import sent_files

THANKS_URL = "/atencion/gracias"
THANKS, OPENED = "atencion_thanks", "atencion_form_opened"
# How long the page with the numbers is shown, in hours.
THANKS_HOURS = 1
MAX_TOKEN = 64

_logger = logging.getLogger(__name__)


class CustomerForm:
    """What the forms of customers have in common, with a login and without.

    A form is sent once, by a person, and not too often; each field is told what is wrong with
    it, and what was typed stays. Files alone are chosen again: no browser keeps them.
    """

    # XML id of the page, and value of ``portal_origin``.
    template = origin = None

    def __init__(self, company):
        """:param company: of the link or of the host, with ``sudo``"""
        self.company = company

    # -------------------------------------------------------------------------
    # What each form says itself
    # -------------------------------------------------------------------------

    def page_values(self, typed):
        """What the page of the form shows beside what was typed."""
        return {}

    def sender_errors(self, typed):
        """What is wrong with who sends the form, in words, by the name of the field."""
        raise NotImplementedError

    def sender_email(self, typed):
        """The address that was typed, which tells one sender from others, too; it may be empty."""
        return ""

    def sender_login(self):
        """What stands for the login by which a sender is counted; empty without one."""
        return ""

    def is_requester(self, case, typed):
        """Whether the sender is still the requester of a case, which they registered before."""
        raise NotImplementedError

    def sender_name(self, typed):
        """The sender as the register shows them."""
        return typed.name

    def sender_values(self, typed):
        """The values that all the cases of the form have."""
        raise NotImplementedError

    def case_company(self, typed):
        """The company of the cases."""
        return self.company

    # -------------------------------------------------------------------------
    # The page
    # -------------------------------------------------------------------------

    def show(self, typed=None, errors=None, status=200):
        """The page of the form, with what was typed and what is wrong with it."""
        typed = typed or Typed()
        sent = request.httprequest.form
        opened = sent.get("opened") if self._opened() else signed(request.env, OPENED, [_now()])
        values = {
            "company": self.company,
            "errors": errors or {},
            "typed": typed,
            "form_key": request.httprequest.path,
            "opened": opened,
            "once": sent.get("once", "")[:MAX_TOKEN] or secrets.token_urlsafe(16),
            "accepted": ACCEPT,
            "has_room": len(typed.lines) < MAX_LINES,
        }
        values |= self._choices() | self.page_values(typed)
        return request.render(self.template, values, status=status)

    def _choices(self):
        # sudo: nothing in these lists is secret, and visitors have no rights on them.
        return request.env["atencion.case"].sudo()._form_choices(self.companies())

    def companies(self):
        """The companies whose lists the form offers."""
        return self.company

    def _opened(self):
        """When the form was opened, in seconds; None if nobody knows, or too long ago."""
        found = read(request.env, OPENED, request.httprequest.form.get("opened"))
        opened = found[0] if found else None
        return None if customer_form.trap(opened, _now(), "") == "old" else opened

    # -------------------------------------------------------------------------
    # What is sent
    # -------------------------------------------------------------------------

    def answer(self):
        """Register the cases of the form, or show it again."""
        sent = request.httprequest.form
        typed = read_form(sent, self._files())
        if "add_line" in sent:
            return self.show(typed.with_line())
        if "review" in sent:
            return self.show(typed)
        errors = self._errors(typed)
        if errors:
            return self.show(typed, errors, status=422)
        return self._register(typed, self._visit(typed))

    def _files(self):
        """The files that were chosen, by the names of their fields."""
        return {name: sent_files(name) for name in request.httprequest.files}

    def _errors(self, typed):
        """What is wrong, in words, by the name of a field; ``form`` is the whole of it."""
        bait = request.httprequest.form.get("homepage", "")
        trapped = customer_form.trap(self._opened(), _now(), bait)
        if trapped:
            return {"form": words(trapped)}
        lines = {name: words(code) for name, code in line_errors(typed).items()}
        return self.sender_errors(typed) | lines | self._line_errors(typed)

    def _line_errors(self, typed):
        """What is wrong with what was chosen in the lines."""
        errors, choices = {}, self._choices()
        for number, line in enumerate(typed.lines[:MAX_LINES]):
            for name in ("place", "element"):
                chosen = getattr(line, name)
                if chosen and chosen not in choices[f"{name}s"].ids:
                    errors[f"line-{number}-{name}"] = words("not_offered")
            try:
                uploaded_files(list(line.files))
            except UploadRefused as refusal:
                text = request.env["atencion.case"]._upload_refusal_text(refusal)
                errors[f"line-{number}-files"] = text
        return errors

    def _visit(self, typed):
        """The form as the register counts it and knows it again."""
        once = request.httprequest.form.get("once", "")[:MAX_TOKEN]
        email, login = self.sender_email(typed), self.sender_login()
        # Whoever goes back and changes something sends another form.
        lines = [(line.place, line.element, line.text) for line in typed.lines]
        said = repr((typed.unit, typed.kind, lines))
        files = [file for line in typed.lines for file in line.files]
        register = request.env["atencion.incoming.mail"]
        return FormVisit(
            digest=content_digest(f"{once}{email}{login}", request.httprequest.path, said, files),
            email=email,
            origin=register._origin_hash(login or request.httprequest.remote_addr or ""),
        )

    def _register(self, typed, visit):
        # sudo: visitors have no rights on the register.
        register = request.env["atencion.incoming.mail"].sudo()
        past = register._past_forms(visit)
        if past.case_id:
            return self._thank_again(past.case_id, typed)
        if past.is_full:
            return self.show(typed, {"form": words("too_often")}, status=429)
        if past.needs_captcha and not self._passes_captcha():
            return self.show(typed, {"form": words("captcha")}, status=422)
        try:
            with contained(request.env):
                cases = request.env["atencion.case"]._register_from_outside(
                    self.case_company(typed), self.sender_values(typed), typed.lines, self.origin
                )
                register._record_form(
                    visit, cases, self.sender_name(typed), request.httprequest.content_length or 0
                )
        except UserError:
            _logger.info("A form of a customer made no case", exc_info=True)
            return self.show(typed, {"form": words("failed")}, status=422)
        return self._thank(cases[0])

    def _thank_again(self, case_id, typed):
        """The answer to a form that was sent before; nothing to who is no customer any more."""
        # This transaction may have begun before the other one ended (see ``_past_forms``).
        with request.env.registry.cursor() as cr:
            # sudo: whoever sends it has what was typed, and the key of the page.
            case = request.env(cr=cr)["atencion.case"].sudo().browse(case_id).exists()
            if case and self.is_requester(case, typed):
                return self._thank(case)
        return request.render("atencion_cliente.form_closed", {"company": self.company}, status=404)

    def _passes_captcha(self):
        """Whether a person sends the form, for the captcha that is installed, if any."""
        try:
            request.env["ir.http"]._verify_request_recaptcha_token("atencion_new_case")
        except UserError:
            return False
        return True

    def _thank(self, case):
        """Lead to the numbers.

        :param case: one of the form, with ``sudo``
        """
        values = [case.id, links_digest(case._of_same_sheet())]
        token = signed(request.env, THANKS, values, hours=THANKS_HOURS)
        return request.redirect(f"{THANKS_URL}/{token}", code=303)


def links_digest(cases):
    """What changes with the links to the cases of a form: a former one leads to no new one."""
    return content_digest("".join(case.access_token or "" for case in cases), "", "")


def _now():
    return int(time.time())
