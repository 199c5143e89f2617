from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import missing_data

# Typed by hand: how the requester is called, and how they are reached.
NAMES = ("requester_firstname", "requester_lastname")
REACHES = ("requester_phone", "requester_phone2", "requester_email")


class AtencionCaseMissing(models.Model):
    """What a case lacks, by ``tools.missing_data``: on the form, as a filter, in the dialog of
    a change of state. It refuses no other path.
    """

    _inherit = "atencion.case"

    missing_codes = fields.Char(
        "Codes of missing data",
        compute="_compute_missing_data",
        exportable=False,
    )
    missing_data = fields.Char(
        "Missing data",
        compute="_compute_missing_data",
        search="_search_missing_data",
        help="Who asks; of a claim also its description, good, claim type, and the identity "
        "number of who asks.",
    )

    @api.depends(
        *("partner_id.vat", "requester_id.vat", "requester_identity", "requester_relation"),
        *(*NAMES, *REACHES, "type_id.form", "description", "unit_id", "good_description"),
        "claim_type_id",
    )
    @api.depends_context("lang")
    def _compute_missing_data(self):
        labels = self._missing_labels()
        # sudo: whoever sees a case may know that something is missing, also if they may not
        # read its contacts.
        for case in self.sudo():
            codes = missing_data.missing(case._facts_of_missing_data())
            case.missing_codes = ",".join(codes)
            case.missing_data = ", ".join(labels[code] for code in codes) or False

    def _facts_of_missing_data(self):
        self.ensure_one()
        facts = missing_data.Facts(
            is_claim=self.type_id.form == "claim",
            has_contact=bool(self.partner_id or self.requester_id),
        )
        if not facts.has_contact:
            facts = facts._replace(
                has_name=any(self[name] for name in NAMES),
                has_reach=any(self[name] for name in REACHES),
                is_internal=self.requester_relation == "internal",
            )
        # What decides nothing is not looked at, in lists of many cases.
        if not facts.is_claim:
            return facts
        return facts._replace(
            has_description=not missing_data.is_blank(self.description),
            has_good=bool(self.unit_id or self.good_description),
            has_claim_type=bool(self.claim_type_id),
            has_identity=missing_data.is_number(self._identity_of_who_asks()),
        )

    def _identity_of_who_asks(self):
        """The typed number, else that of the requester; the holder's if nobody else asks."""
        self.ensure_one()
        if missing_data.is_number(self.requester_identity):
            return self.requester_identity
        if self.requester_id or any(self[name] for name in NAMES):
            return self.requester_id.vat
        return self.partner_id.vat

    @api.model
    def _missing_labels(self):
        """What each code is called, as a part of a list.

        :rtype: dict[str, str]
        """
        return {
            missing_data.REQUESTER: self.env._(
                "who asks (of the company itself: “Internal” as the relation)"
            ),
            missing_data.DESCRIPTION: self.env._("description"),
            missing_data.GOOD: self.env._("unit or good"),
            missing_data.CLAIM_TYPE: self.env._("claim type"),
            missing_data.IDENTITY: self.env._("identity number"),
        }

    def _refuse_missing_data(self):
        """Refuse to go on with cases that lack data; only people are asked, by a dialog.

        :raise UserError: says what each case lacks
        """
        lines = [f"{case.display_name}: {case.missing_data}" for case in self if case.missing_data]
        if lines:
            raise UserError(
                self.env._(
                    "Complete what is missing first, here or on the form of the case:\n%s",
                    "\n".join(lines),
                )
            )

    # -------------------------------------------------------------------------
    # Search
    # -------------------------------------------------------------------------

    def _search_missing_data(self, operator, value):
        """Cases that lack something, or nothing; not by the words that say what."""
        if operator != "in" or list(value) != [False]:
            return NotImplemented
        return ~self._lacks_something()

    @api.model
    def _lacks_something(self):
        """The rule of ``tools.missing_data`` as a domain.

        Links are followed whoever may read the contacts, as the field does.
        """
        of_claims = self._lacks_description() | self._lacks("unit_id", "good_description")
        of_claims |= self._lacks("claim_type_id") | self._lacks_identity()
        return (
            self._lacks("partner_id", "requester_id")
            & Domain("requester_relation", "!=", "internal")
            & (self._lacks(*NAMES) | self._lacks(*REACHES))
        ) | (Domain("type_id", "any!", [("form", "=", "claim")]) & of_claims)

    @api.model
    def _lacks(self, *names):
        return Domain.AND(Domain(name, "=", False) for name in names)

    @api.model
    def _lacks_description(self):
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "regexp_replace(coalesce(%s, ''), %s, '', 'g') = ''",
                model._field_to_sql(alias, "description", query),
                missing_data.EMPTY_MARKUP,
            )
        )

    @api.model
    def _lacks_identity(self):
        no_number = [("vat", "in", [False, missing_data.NO_NUMBER])]
        holder = self._lacks("partner_id") | Domain("partner_id", "any!", no_number)
        typed_name = ~self._lacks(*NAMES)
        return Domain("requester_identity", "in", [False, missing_data.NO_NUMBER]) & (
            Domain("requester_id", "any!", no_number)
            | (self._lacks("requester_id") & (typed_name | holder))
        )
