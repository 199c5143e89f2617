import logging

from markupsafe import Markup
from psycopg2 import OperationalError

from odoo import api, fields, models

from ...tools import audience
from ...tools.documents import DONE_STATES
from ...tools.mail_body import first_words, person_name, request_text, text_html
from ...tools.mail_route import Rule, Target
from ...tools.mail_subject import read_subject
from ..base.contained import contained
from ..base.server_context import with_server_value

_logger = logging.getLogger(__name__)

MAX_SUBJECT = 300
# What a case has at least, if any other value is refused.
ESSENTIAL = (
    *("company_id", "area_id", "type_id", "subject", "requester_email", "acknowledged_at"),
    *("origin_id", "is_confidential", "legal_user_id"),
)
# What a case takes over from the one that it continues.
CONTINUED = ("contract_id", "partner_id", "project_id", "unit_id")


class AtencionCaseMailNew(models.Model):
    """Makes the case of a mail that goes on none."""

    _inherit = "atencion.case"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        arrival = self._arrival()
        if not arrival:
            return super().message_new(msg_dict, custom_values)
        model = self.with_company(arrival.company)
        if not arrival.decision.acknowledges:
            model = with_server_value(model, "atencion_unannounced", True)
        values, remarks = model._new_case_values(arrival, msg_dict)
        case = model._create_by_mail(values, remarks).with_env(self.env)
        if arrival.related:
            case._relate(arrival.related)
        if arrival.origin:
            case._continue(arrival.origin)
        case._log_remarks(remarks)
        return case

    @api.model
    def _create_by_mail(self, values, remarks):
        """Create a case; if a value is refused, only with what it needs.

        :param list remarks: what its log will say; gets what was left out
        """
        values = {name: value for name, value in values.items() if value}
        try:
            with contained(self.env):
                return self._create_checked([self._clean_input(values)])
        except OperationalError:
            # The database asks to repeat the transaction.
            raise
        except Exception as error:
            _logger.info("A case by mail is made without some values", exc_info=True)
            essential = {name: values[name] for name in ESSENTIAL if name in values}
            labels = [
                self._fields[name]._description_string(self.env)
                for name in values.keys() - essential.keys()
            ]
            remarks.append(
                self.env._(
                    "These values of the mail were left out: %(fields)s. %(reason)s",
                    fields=", ".join(sorted(labels)),
                    reason=error,
                )
            )
            return self._create_checked([self._clean_input(essential)])

    def _log_remarks(self, remarks):
        if remarks:
            lines = Markup("<br>").join(remarks)
            self._message_log(body=Markup("<p>%s</p>") % lines)

    # -------------------------------------------------------------------------
    # Values
    # -------------------------------------------------------------------------

    @api.model
    def _new_case_values(self, arrival, msg_dict):
        """The values of the case of a mail, and what its log will say.

        :rtype: tuple[dict, list[str]]
        """
        model, mail = self._speaking(arrival.company), arrival.mail
        area = arrival.areas[:1]
        source_id = self.env["ir.model.data"]._xmlid_to_res_id("atencion_cliente.source_email")
        values = {
            "company_id": arrival.company.id,
            "area_id": area.id,
            "type_id": area.mail_type_id.id,
            "source_id": source_id,
            "subject": model._new_subject(mail, arrival.origin),
            "description": self._new_description(arrival, msg_dict),
        }
        if arrival.decision.acknowledges:
            values["acknowledged_at"] = fields.Datetime.now()
        remarks = model._remarks(arrival)
        if arrival.decision.rule is not Rule.COLLEAGUE:
            values |= self._requester_values(arrival)
        if arrival.origin:
            values |= arrival.origin._continued_values(values)
        elif values.get("requester_id"):
            values |= model._property_values(values["requester_id"], arrival, remarks)
        elif mail.hint:
            remarks.append(model._hint_text(mail.hint))
        return values, remarks

    @api.model
    def _new_subject(self, mail, origin):
        """The subject of a mail without prefixes and numbers of cases, or its first words.

        :param origin: the case that the new one continues, which has a subject
        """
        formats = self._number_formats_of(mail)
        text = read_subject(mail.raw_subject, formats).text
        if not text and mail.forwarded:
            text = read_subject(mail.forwarded.subject, formats).text
        if text or origin:
            return first_words(text or origin.subject, MAX_SUBJECT)
        words = first_words(mail.own_words or mail.text)
        return " ".join(filter(None, [self.env._("(no subject)"), words]))

    @api.model
    def _new_description(self, arrival, msg_dict):
        if arrival.decision.rule is Rule.FORWARDED:
            return text_html(arrival.mail.forwarded.text)
        return self._speaking(arrival.company)._request_text(arrival.mail.values.get("body") or "")

    @api.model
    def _request_text(self, body):
        """The text of the request from the body of its mail; of a very long one, the beginning."""
        rest = self.env._("The rest of this long text is in the mail, below.")
        return request_text(body, rest)

    @api.model
    def _remarks(self, arrival):
        """What the log of a new case says of its mail."""
        remarks = []
        others = arrival.areas[1:]
        if others:
            remarks.append(
                self.env._("The mail was sent to these areas, too: %s.", _listed(others))
            )
        if arrival.related:
            remarks.append(self.env._("The mail names these cases: %s.", _listed(arrival.related)))
        return remarks

    # -------------------------------------------------------------------------
    # Requester
    # -------------------------------------------------------------------------

    @api.model
    def _requester_values(self, arrival):
        """Who asks: a partner if there is exactly one with the address, else who is typed.

        A sender who is not verified is never taken for a partner.
        """
        mail = arrival.mail
        name, address, partner = mail.name, mail.address, arrival.author
        if arrival.decision.rule is Rule.FORWARDED:
            name, address = mail.forwarded.name, mail.forwarded.address
            people = self._people_at(address)
            if self._internal_users_of(people, self.browse()):
                return {}
            partner = self._only_partner(people, arrival.company)
        if partner and not arrival.filing.is_undecided:
            return {"requester_id": partner.id, "requester_email": address}
        first, last = person_name(name)
        return {
            "requester_firstname": first,
            "requester_lastname": last,
            "requester_email": address,
        }

    @api.model
    def _property_values(self, requester_id, arrival, remarks):
        """The contract and the unit of a requester who holds exactly one contract.

        A hint in the address of the area is the code of a unit, which counts if they hold it.

        :param list remarks: what the log will say
        """
        partner, company = self.env["res.partner"].browse(requester_id), arrival.company
        # sudo: the gateway knows whose unit it is.
        contracts = self.env["atencion.contract"].sudo()._held_by(partner, company)
        hint = arrival.mail.hint
        if hint:
            units = contracts.unit_ids.filtered(
                lambda one: (one.code or "").lower() == hint.lower()
            )
            if len(units) == 1:
                contract = contracts.filtered(lambda one: units in one.unit_ids)[:1]
                return {"contract_id": contract.id, "unit_id": units.id}
            remarks.append(self._hint_text(hint))
        return {"contract_id": contracts.id} if len(contracts) == 1 else {}

    def _hint_text(self, hint):
        return self.env._(
            "The mail was sent with the hint “%s”, which is no unit of its sender.", hint
        )

    # -------------------------------------------------------------------------
    # Continued cases
    # -------------------------------------------------------------------------

    def _successor_type(self):
        """The type of a case that continues this one; it may be empty."""
        self.ensure_one()
        area = self.area_id if self.area_id.active else self._area_of_new_mail()
        kinds = area.mail_type_id | self.type_id if area else self.type_id.browse()
        return kinds.filtered(lambda one: one.active and one.form != "claim")[:1]

    def _area_of_new_mail(self):
        """The area of a case by mail that names this one: its own, or one that takes mail."""
        self.ensure_one()
        area = self.area_id
        if area.active and area.mail_type_id:
            return area
        domain = [("company_id", "=", self.company_id.id), ("mail_type_id", "!=", False)]
        return area.search(domain, limit=1)

    def _continued_values(self, values):
        """What a new case takes over from this closed one."""
        taken = {name: self[name].id for name in CONTINUED}
        if self.area_id.active:
            taken["area_id"] = self.area_id.id
        elif not values.get("area_id"):
            taken["area_id"] = self._area_of_new_mail().id
        if self.claim_filed_at:
            taken["legal_user_id"] = self.legal_user_id.id
        return taken | {"type_id": self._successor_type().id, "origin_id": self.id}

    def _continue(self, origin):
        """Say on a closed case that this one continues it; of a claim, its adviser is told."""
        text = origin._speaking(origin.company_id).env._(
            "The customer wrote after the case was closed: case %s.", self.name
        )
        origin._message_log(body=text)
        if origin.claim_filed_at and origin.legal_user_id:
            reason = (audience.CREATED, {"area_id": self.area_id.id})
            self._queue_notices(origin.legal_user_id, (audience.ALERT,), reason)

    # -------------------------------------------------------------------------
    # Pictures and files
    # -------------------------------------------------------------------------

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        arrival = self._arrival()
        if not arrival or message.message_type != "email":
            return result
        is_new = arrival.decision.target is Target.NEW
        if is_new and "cid:" in (arrival.mail.values.get("body") or ""):
            # The pictures of the text have their addresses now.
            case = self._speaking(self.company_id)
            self._write_checked({"description": case._request_text(message.body)})
        self._log_remarks(self._speaking(self.company_id)._file_remarks(arrival.mail.documents))
        return result

    def _file_remarks(self, names):
        """What the log says of the files of a mail, which receive no document by themselves.

        :param list names: of the files, without pictures of a signature
        """
        remarks = []
        if any(name.lower() == "winmail.dat" for name in names):
            remarks.append(
                self.env._(
                    "“winmail.dat” holds text and files that only Outlook opens. Ask the sender "
                    "to write in plain text or HTML, and to attach the files again."
                )
            )
        # sudo: the gateway looks for all.
        if names and self.sudo().document_ids.filtered(lambda one: one.state not in DONE_STATES):
            remarks.append(
                self.env._(
                    "Files of the mail: %s. Documents of the case are pending: attach to each "
                    "the file that it is.",
                    ", ".join(names),
                )
            )
        return remarks


def _listed(records):
    return ", ".join(records.mapped(lambda one: one.name or ""))
