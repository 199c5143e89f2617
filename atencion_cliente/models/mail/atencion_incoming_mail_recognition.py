from odoo import api, models
from odoo.tools import SQL

from ...tools.addresses import addresses
from ...tools.delivery_report import delivery_report
from ...tools.incoming_mail import references
from ...tools.mail_digest import kept
from ...tools.mail_kind import Setting, kind_of
from ...tools.mail_parts import Part, read_mail
from ...tools.mail_recipients import candidates, direct_recipients
from ...tools.mail_repair_headers import without_top
from ...tools.mail_subject import NumberFormat
from .received_mail import Answered, AreaAddress, Arrived, Named

CASE = "atencion.case"
# Bytes in which the headers of a mail are, and what a report says before what it returns.
HEAD = 262_144
# Message-IDs of one mail that are looked up, as Odoo does.
MAX_REFERENCES = 32
REPORTS = ("bounce", "complaint", "delay")
# Reports of a standard form, also that a mail was read.
REPORT = "multipart/report"


class AtencionIncomingMailRecognition(models.Model):
    """Tells the mails of the service from those of other applications."""

    _inherit = "atencion.incoming.mail"

    @api.model
    def _recognized(self, source, model, again=None):
        """A mail of the service as it arrived; None if it is not of the service.

        It is if it is sent to an address of an area, answers a message of a case or reports
        about one, is brought by a mailbox for cases, or if it is sent to a catchall address
        alone and its subject has the number of exactly one case.

        :param bytes source: the mail
        :param str model: of which the mailbox that brought it makes records; it may be empty
        :param Resubmission again: if the register brings it, which knows that it is ours
        """
        head = read_mail(with_address(source[:HEAD], again))
        named = self._named(head)
        brought_for_cases = model == CASE
        if named.addresses or brought_for_cases or again:
            pass
        elif named.answered:
            # Odoo takes it for a mail to the other application, and not for an answer.
            if named.others & set(direct_recipients(head.headers)):
                return None
        elif not self._has_number_for_catchall(head, named):
            return None
        return Arrived(source, head, named, brought_for_cases=brought_for_cases, again=again)

    @api.model
    def _named(self, mail: Part):
        """What a mail names of the database, found with one statement."""
        named = _storable(candidates(mail.headers))
        ids = _storable(self._referenced(mail))
        locals_ = [one.rpartition("@")[0] for one in named]
        rows = self.env.execute_query(self._named_sql(named, locals_, ids))
        found = {"address": [], "message": [], "domain": []}
        for kind, facts in rows:
            found[kind].append(facts)
        ours = [one for one in found["address"] if one["is_ours"]]
        return Named(
            tuple(
                AreaAddress(address, one["area"], one["company"], _forms(one["forms"]))
                for one in sorted(ours, key=lambda one: (one["sequence"], one["area"]))
                for address in _matching(one, named)
            ),
            frozenset(
                address
                for one in found["address"]
                if not one["is_ours"]
                for address in _matching(one, named)
            ),
            tuple(
                Answered(one["case"], one["company"], one["colleague"])
                for one in sorted(found["message"], key=lambda one: ids.index(one["id"]))
            ),
            tuple(one["name"] for one in found["domain"]),
            frozenset(one["catchall"] for one in found["domain"] if one["catchall"]),
        )

    @api.model
    def _named_sql(self, named, locals_, ids):
        flushed = {
            "atencion.area": ("alias_id", "company_id", "form_senders", "sequence"),
            "mail.alias": ("alias_full_name", "alias_model_id"),
            "mail.message": ("message_id",),
        }
        return SQL(
            """
            SELECT 'address', jsonb_build_object(
                'name', alias.alias_full_name, 'local', alias.alias_name,
                'by_local', alias.alias_incoming_local, 'is_ours', alias.alias_model_id = %(case)s,
                'area', COALESCE(area.id, 0), 'company', COALESCE(area.company_id, 0),
                'sequence', COALESCE(area.sequence, 0), 'forms', area.form_senders)
            FROM mail_alias alias
            LEFT JOIN atencion_area area
                ON area.alias_id = alias.id AND alias.alias_model_id = %(case)s
            WHERE alias.alias_full_name = ANY(%(named)s)
               OR (alias.alias_incoming_local AND alias.alias_name = ANY(%(locals)s))
            UNION ALL
            SELECT 'message', jsonb_build_object(
                'id', message.message_id, 'case', cases.id, 'company', cases.company_id,
                'colleague', EXISTS (
                    SELECT 1 FROM res_users
                    WHERE res_users.partner_id = message.author_id
                        AND res_users.active AND NOT res_users.share))
            FROM mail_message message
            JOIN atencion_case cases ON cases.id = message.res_id
            WHERE message.message_id = ANY(%(ids)s) AND message.model = 'atencion.case'
            UNION ALL
            SELECT 'domain', jsonb_build_object(
                'name', name, 'catchall', catchall_alias || '@' || name)
            FROM mail_alias_domain
            """,
            case=self.env["ir.model"]._get_id(CASE),
            named=named,
            locals=locals_,
            ids=ids,
            to_flush=[
                self.env[model]._fields[name] for model, names in flushed.items() for name in names
            ],
        )

    @api.model
    def _referenced(self, mail):
        """The Message-IDs that a mail answers or reports about, the likeliest first."""
        headers = mail.headers
        ids = references(headers.text("In-Reply-To"), headers.text("References"))
        if mail.type == REPORT or kind_of(mail, Setting()).kind.value in REPORTS:
            ids += delivery_report(mail).message_ids
        return list(dict.fromkeys(ids))[:MAX_REFERENCES]

    @api.model
    def _has_number_for_catchall(self, mail, named):
        """Whether a mail is sent to catchall addresses alone, with the number of one case."""
        recipients = direct_recipients(mail.headers)
        if not recipients or not named.catchalls.issuperset(recipients):
            return False
        subject = mail.headers.text("Subject")
        if not any(character.isdigit() for character in subject):
            return False
        return bool(self.env[CASE]._route_by_number(subject, ", ".join(recipients)))

    @api.model
    def _number_formats(self):
        """How the companies number their cases, or did.

        :rtype: tuple[NumberFormat]
        """
        # sudo: whoever brings the mail has no rights on sequences.
        sequences = self.env["ir.sequence"].sudo().search([("code", "=", CASE)])
        return tuple(dict.fromkeys(NumberFormat(*look) for look in sequences._looks()))


def with_address(source, again):
    """A mail with its headers on top, and the address that an administrator chose for it."""
    source = without_top(source)
    address = again.address if again else ""
    return f"Delivered-To: {address}\r\n".encode() + source if address else source


def _storable(texts):
    """Those texts that a database may have; it refuses to look for others."""
    return [one for one in texts if one == kept(one, len(one))]


def _forms(text):
    return frozenset(addresses(text or ""))


def _matching(alias, named):
    """The addresses that an alias has in a mail."""
    return [
        one
        for one in named
        if one == alias["name"] or (alias["by_local"] and one.rpartition("@")[0] == alias["local"])
    ]
