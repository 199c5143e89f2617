# Texts of customers are not translated.
# pylint: disable=translation-required
import re
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path

from odoo.tools.mail import email_normalize

from .incoming import CASE, IncomingCommon

SAMPLES = Path(__file__).parents[1] / "mail_samples"
ADDRESS = "postventa@homes.example"
OTHER_ADDRESS = "escrituras@homes.example"
ADDRESS_CHILE = "postventa@andes.example"
SERVER = "mx.homes.example"
ROSA = "rosa.quispe@example.com"
NEIGHBOUR = "vecina@example.org"


class AreaMailCommon(IncomingCommon):
    """Mails to the addresses of areas.

    ::

        postventa@homes.example    Repairs, Lima
        escrituras@homes.example   Deeds, Lima, after Repairs
        postventa@andes.example    Service, Santiago
        rosa.quispe@example.com    holder, of contracts CT-1 and CT-2
        luis@example.com           coholder, of contract CT-1 only
        vecina@example.org         nobody
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.santiago.alias_domain_id = cls.env["mail.alias.domain"].create(
            {"name": "andes.example"}
        )
        cls.type_deeds = cls.type_no_limit.copy({"name": "Deed", "area_id": cls.deeds.id})
        for area, local, case_type, sequence in (
            (cls.repairs, "postventa", cls.type_no_limit, 10),
            (cls.deeds, "escrituras", cls.type_deeds, 20),
            (cls.service_chile, "postventa", cls.type_chile, 5),
        ):
            area.write({"alias_name": local, "mail_type_id": case_type.id, "sequence": sequence})
        cls.env["ir.config_parameter"].set_param("atencion_cliente.mail_trusted_servers", SERVER)
        cls.holder.email, cls.coholder.email = ROSA, "luis@example.com"
        cls.env.cr.flush()

    def letter(self, sender=ROSA, to=ADDRESS, subject="Gotea", text="Gotea el caño", **headers):
        """A raw mail of plain text.

        :param headers: others; ``_`` stands for a hyphen. ``html``: its HTML. ``files``: by name.
            ``forged``: our mail server says that it is not of its sender
        """
        raw = EmailMessage()
        raw["From"], raw["To"], raw["Subject"] = sender, to, subject
        raw["Message-ID"] = make_msgid(domain="example.org")
        markup, files = headers.pop("html", None), headers.pop("files", {})
        if headers.pop("forged", False):
            raw["Authentication-Results"] = f"{SERVER}; spf=fail; dkim=none; dmarc=fail"
        for name, value in headers.items():
            del raw[name.replace("_", "-")]
            raw[name.replace("_", "-")] = value
        if text is not None:
            raw.set_content(text)
        if markup:
            raw.add_alternative(markup, subtype="html") if text else raw.set_content(
                markup, subtype="html"
            )
        for name, content in files.items():
            raw.add_attachment(content, "application", "octet-stream", filename=name)
        return raw

    def arrives(self, raw):
        """What a raw mail makes.

        :return: the new cases, and the messages of the mail
        """
        content = raw if isinstance(raw, bytes) else raw.as_bytes()
        found = re.search(rb"^Message-ID:\s*(\S+)", content, re.MULTILINE | re.IGNORECASE)
        cases = self.env[CASE].with_context(active_test=False)
        last = cases.search([], order="id desc", limit=1)
        self.people = self.env["res.partner"].search_count([])
        messages, self.written = self.process(content, found[1].decode())
        self.assertEqual(self.env["res.partner"].search_count([]), self.people, "no contact")
        return cases.search([("id", ">", last.id or 0)], order="id"), messages

    def row(self):
        """What the register says of the latest mail."""
        return self.env["atencion.incoming.mail"].search([], limit=1)

    def makes_case(self, raw=None, **letter):
        """The one new case of a mail."""
        cases, messages = self.arrives(raw or self.letter(**letter))
        self.assertEqual(len(cases), 1)
        self.assertEqual((messages.model, messages.res_id), (CASE, cases.id))
        self.assertFalse(cases.message_partner_ids, "nobody follows")
        return cases

    def joins(self, case, raw=None, **letter):
        """The message of a mail that makes no case."""
        cases, messages = self.arrives(raw or self.letter(**letter))
        self.assertFalse(cases)
        self.assertEqual((messages.model, messages.res_id), (CASE, case.id))
        return messages

    def told(self):
        """The normalized addresses outside to which the mail caused mails."""
        found = {email_normalize(mail["To"]) for mail in self.sent}
        return sorted(
            found
            - set(self.env["res.users"].search([("share", "=", False)]).mapped("email_normalized"))
        )

    def close(self, case, stage="CLO"):
        """Close a case in an earlier transaction."""
        case.write(
            {
                "resolution": "<p>Repaired</p>",
                "stage_id": self.stages[stage].id,
                "stage_note": "Done",
            }
        )
        self.env.cr.flush()
        self.queue().unlink()
        return case

    def log(self, case):
        """What the internal log of a case says."""
        notes = case.message_ids.filtered(lambda one: one.message_type == "notification")
        return " ".join(notes.mapped("body"))
