import base64
import logging

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_datetime

from ...report.letter_pdf import print_page
from ...report.letter_stamp import Stamp, stamp
from ...tools.letter_markup import is_too_long, printable
from ...tools.letter_picture import data_uri
from ...tools.representation import SIGN
from ...tools.signature import MAX_NAME, signature_picture, signer_name

_logger = logging.getLogger(__name__)
SIGNATURE = frozenset(
    {
        *("signature_name", "signature_image", "signature_at"),
        *("signature_ip", "signature_digest"),
    }
)


class AtencionCaseSignature(models.Model):
    """Customers sign their conformity with the answer to their closed case, once.

    A signature is of the life of the case that the answer ended. It is kept as a PDF in the
    conversation, with the text that was signed; reopening the case empties the fields, so that the
    next answer can be signed. Whoever signs confirms.
    """

    _inherit = "atencion.case"

    signature_name = fields.Char("Signed by", readonly=True, copy=False, groups="base.group_user")
    signature_image = fields.Binary(
        "Signature",
        attachment=True,
        readonly=True,
        copy=False,
        exportable=False,
        groups="base.group_user",
    )
    signature_at = fields.Datetime("Signed on", readonly=True, copy=False, groups="base.group_user")
    signature_ip = fields.Char(
        "Signed from", readonly=True, copy=False, groups="base.group_user", help="IP address."
    )
    signature_digest = fields.Char(
        "Digest of the signed text",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="SHA-256 of the answer as it was signed: its text in UTF-8, without format, and with "
        "one space where it has blanks or line breaks.",
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | SIGNATURE

    def _stage_values(self, change, moment):
        values = super()._stage_values(change, moment)
        if self._reopened_by(change) and self.signature_at:
            values |= dict.fromkeys(SIGNATURE, False)
        return values

    def _signs_present_answer(self):
        """Whether the answer is still the one that was signed."""
        return self.signature_digest == self._answer_digest()

    def _sign_as_customer(self, name, picture, shown, address):
        """Sign the answer.

        :param name: who signs, as it came in the request
        :param picture: the signature as a PNG in base64, as it came in the request
        :param shown: the digest of the answer on the page, as it came in the request
        :param str address: from which it was sent
        :raise UserError: says what refuses it, and what to do
        """
        self._begin_customer_act(SIGN)
        self._check_shown_answer(shown)
        self._refuse_signature_twice()
        signer, image = signer_name(name), signature_picture(picture)
        if not signer:
            raise UserError(self.env._("Write your name, with %s characters at most.", MAX_NAME))
        if not image:
            raise UserError(self.env._("The signature did not arrive whole. Sign once more."))
        now = self._moment()
        self._write_checked(
            {
                "signature_name": signer,
                "signature_image": base64.b64encode(image),
                "signature_at": now,
                "signature_ip": address,
                "signature_digest": shown,
                "customer_confirmed_at": self.customer_confirmed_at or now,
            }
        )
        text = self._as_system().env._("I sign my conformity with your answer. %s", signer)
        self._say_as_customer(text, self._keep_signed_answer(image))

    def _refuse_signature_twice(self):
        if self.signature_at:
            raise UserError(
                self.env._(
                    "The answer was signed on %s.",
                    format_date(self.env, self.company_id._day_of(self.signature_at)),
                )
            )

    # -------------------------------------------------------------------------
    # The signed document
    # -------------------------------------------------------------------------

    def _keep_signed_answer(self, image):
        """The file of the signed answer.

        :param bytes image: the signature, as PNG
        :rtype: ir.attachment
        """
        return self.env["ir.attachment"].create(
            {
                "name": f"{self.name} {self.env._('Conformity')}.pdf",
                "raw": self._signed_answer_pdf(image),
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
                "public": False,
            }
        )

    def _signed_answer_pdf(self, image):
        """The answer with its signature, in the language in which it was signed.

        :param bytes image: the signature, as PNG
        :rtype: bytes
        :raise UserError: it cannot be printed, so that it is not signed
        """
        zone = str(self.company_id._zone())
        values = {
            "case": self,
            "answer": Markup(printable(self.response)),
            "lang": self.env.lang,
            "moment": format_datetime(self.env, self.signature_at, tz=zone, dt_format="long"),
            "paper": self.env.ref("atencion_cliente.atencion_letter_report").get_paperformat(),
            "picture": data_uri("image/png", image),
            "zone": zone,
        }
        marks = Stamp(
            company=self.company_id.name,
            title=self.env._("Conformity"),
            number=self.name,
            page=self.env._("Page %(page)s of %(pages)s", page="%(page)s", pages="%(pages)s"),
        )
        try:
            if is_too_long(self.response):
                raise UserError(self.env._("The answer is too long to be printed."))
            page = self.env["ir.qweb"]._render("atencion_cliente.report_signed_answer", values)
            return stamp(print_page(self.env, page), marks)
        except UserError as error:
            _logger.info("The signed answer of case %s is not printed: %s", self.id, error)
            raise UserError(
                self.env._("The answer cannot be signed here at present. Write to us below.")
            ) from error
