from dataclasses import dataclass

from odoo import api, fields, models
from odoo.tools import SQL, hmac

from ...tools.customer_form import network
from ...tools.mail_digest import kept

FORM = "form"
# Forms of one login, or without a login of one network address and of one e-mail, in an hour and
# in a day.
MOST_IN_HOUR, MOST_IN_DAY = 5, 30
# From this one on in an hour, a captcha is asked for where one is installed.
FIRST_WITH_CAPTCHA = 3


@dataclass(frozen=True)
class FormVisit:
    """A form as it was sent.

    ``digest``: the same for a form that is sent twice. ``email``: normalized, as it was typed;
    empty of who has a login, whom nobody else may keep out. ``origin``: see ``_origin_hash``.
    """

    digest: str
    email: str
    origin: str


@dataclass(frozen=True)
class PastForms:
    """What the register knows: forms of the last hour, of the last day, the case of this one."""

    hour: int = 0
    day: int = 0
    case_id: int = 0

    @property
    def is_full(self):
        return self.hour >= MOST_IN_HOUR or self.day >= MOST_IN_DAY

    @property
    def needs_captcha(self):
        return self.hour >= FIRST_WITH_CAPTCHA - 1


class AtencionIncomingMailForm(models.Model):
    """Forms of customers are in the register, too: it counts them and knows each again."""

    _inherit = "atencion.incoming.mail"

    kind = fields.Selection(selection_add=[(FORM, "Form")], ondelete={FORM: "cascade"})
    # Only the system reads it. Of a customer with a login, it is that of the login.
    network_hash = fields.Char("Network address, hashed", readonly=True, groups=fields.NO_ACCESS)

    _form_network = models.Index("(network_hash, create_date) WHERE network_hash IS NOT NULL")

    @api.model
    def _origin_hash(self, origin):
        """What stands for where a form comes from: nobody can tell an address from this.

        :param str origin: a network address, which is not kept, or what stands for a login
        """
        # sudo: the secret of the database.
        return hmac(self.sudo().env, "atencion_form_network", network(origin))

    @api.model
    def _past_forms(self, visit):
        """What is known of a form; another one of the same sender waits until this one is done.

        :param FormVisit visit:
        :rtype: PastForms
        """
        keys = sorted({visit.digest, visit.origin, visit.email} - {""})
        self.env.cr.execute(
            SQL("SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest(%s) key", keys)
        )
        # This transaction has begun before it had to wait: another one sees what was done then.
        with self.env.registry.cursor() as cr:
            return self.with_env(self.env(cr=cr))._read_past_forms(visit)

    @api.model
    def _read_past_forms(self, visit):
        [[hour, day, case_id]] = self.env.execute_query(
            SQL(
                """
                SELECT coalesce(max(hour), 0), coalesce(max(day), 0),
                    (SELECT case_id FROM atencion_incoming_mail WHERE digest = %(digest)s)
                FROM (%(by_origin)s UNION ALL %(by_email)s) counted""",
                digest=visit.digest,
                by_origin=self._count_forms(SQL("network_hash = %s", visit.origin)),
                by_email=self._count_forms(SQL("email_normalized = %s", visit.email or None)),
            )
        )
        return PastForms(hour, day, case_id or 0)

    @api.model
    def _count_forms(self, condition):
        return SQL(
            """
            SELECT count(*) FILTER (WHERE create_date >= %s) AS hour, count(*) AS day
            FROM atencion_incoming_mail
            WHERE kind = %s AND create_date >= %s AND %s""",
            self._minutes_ago(60),
            FORM,
            self._minutes_ago(24 * 60),
            condition,
        )

    @api.model
    def _record_form(self, visit, cases, sender, size):
        """Keep that a form made cases.

        :param FormVisit visit:
        :param cases: of the form; the first one stands for all
        :param str sender: the name, as typed
        :param int size: of what was sent, in bytes
        """
        case = cases[0]
        # The case of the same form was deleted: otherwise it is not registered again.
        self.search([("digest", "=", visit.digest)]).unlink()
        self.create(
            {
                "digest": visit.digest,
                "network_hash": visit.origin,
                "email_normalized": kept(visit.email) or False,
                "email_from": kept(f"{sender} <{visit.email}>" if visit.email else sender),
                "subject": kept(case.subject),
                "kind": FORM,
                "outcome": "case",
                "case_id": case.id,
                "company_id": case.company_id.id,
                "area_id": case.area_id.id,
                "size": size,
            }
        )
