import json

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..confidential.mail_followers import FOLLOWED

# The columns that record rules read.
OF_RULES = ("company_id", "is_confidential", "area_id", "user_id", "legal_user_id")
# A search names so many cases that the user follows, at most.
MANY = 5000
NONE = "{}"


class AtencionCaseVisibility(models.Model):
    """The fields by which record rules decide who sees a case."""

    _inherit = "atencion.case"

    # As ``message_is_follower``, in a form that costs little inside an OR.
    is_followed = fields.Boolean(
        "Followed", compute="_compute_is_followed", search="_search_is_followed"
    )

    is_of_current_holder = fields.Boolean(
        "Of their own contract",
        compute="_compute_is_of_current_holder",
        search="_search_is_of_current_holder",
        help="The user holds the contract today, and did when the case was requested.",
    )

    def _determine_fields_to_fetch(self, field_names=None, ignore_when_in_cache=False):
        """What record rules read, too: to ask them afterwards would read the whole rows."""
        found = super()._determine_fields_to_fetch(field_names, ignore_when_in_cache)
        if not any(field.column_type for field in found):
            return found
        of_rules = [self._fields[name] for name in OF_RULES]
        shown = [field for field in of_rules if self._has_field_access(field, "read")]
        return list(dict.fromkeys([*found, *shown]))

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        if "user_id" in vals and not self.env.su:
            self._follow_unseen()

    def _follow_unseen(self):
        """Let the user follow those of these cases that they would not see otherwise.

        That is so after importing a case for another area, or giving one to a colleague.
        """
        unseen = self - self._filtered_access("read")
        if unseen:
            self.env["mail.followers"]._insert_followers(
                self._name, unseen.ids, self.env.user.partner_id.ids
            )
            unseen.invalidate_recordset(["message_is_follower", "is_followed"])

    def _compute_is_of_current_holder(self):
        held = self.filtered_domain(self._search_is_of_current_holder("in", [True]))
        for case in self:
            case.is_of_current_holder = case in held

    def _search_is_of_current_holder(self, operator, value):
        """Cases of contracts that the user, or their firm, holds today.

        Cases from before they held it belong to another holder. Every share that they had
        counts: a change of the share does not end a holding.
        """
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        partner = self.env.user.partner_id
        # sudo: a customer has no rights on contracts, and these lines are their own.
        lines = (
            self.env["atencion.contract.holder"]
            .sudo()
            .search_fetch(
                [("partner_id", "in", (partner | partner.commercial_partner_id).ids)],
                ["contract_id", "date_from", "date_to"],
            )
        )
        held = lines.filtered("is_current").contract_id
        periods = lines.filtered(lambda line: line.contract_id in held).grouped(
            lambda line: (line.date_from, line.date_to)
        )
        return Domain.OR(
            Domain("contract_id", "in", lines.contract_id.ids) & self._requested_in(*period)
            for period, lines in periods.items()
        )

    @api.model
    def _requested_in(self, begin, end):
        """Cases requested between two days; either may be missing."""
        begun = Domain("request_date", ">=", begin) if begin else Domain.TRUE
        return begun & (Domain("request_date", "<=", end) if end else Domain.TRUE)

    # Odoo caches ``message_is_follower`` without regard to the user.
    @api.depends("message_follower_ids")
    @api.depends_context("uid")
    def _compute_is_followed(self):
        listed = self._followed_ids()
        if listed is None:
            # sudo: whether the user follows is asked before anything of the case is read.
            lines = self.env["mail.followers"].sudo()
            domain = [*self._followed_by_user(), ("res_id", "in", self.ids)]
            followed = set(lines.search_fetch(domain, ["res_id"]).mapped("res_id"))
        else:
            followed = set(json.loads(f"[{listed[1:-1]}]"))
        for case in self:
            case.is_followed = case._origin.id in followed

    def _search_is_followed(self, operator, value):
        """The cases by their ids, which an index serves inside an OR, or by a join if many.

        An array of all that is followed would be compared with each case, and a sub-select read
        whole for each page.
        """
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        listed = self._followed_ids()
        if listed is not None:
            return self._among(listed) if listed != NONE else Domain.FALSE
        partner_id = self.env.user.partner_id.id
        return Domain.custom(
            to_sql=lambda model, alias, query: self._sql_is_followed(alias, query, partner_id)
        )

    @api.model
    def _among(self, listed):
        """The cases of an array of ids, which are many: one parameter names all of them."""
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "%s = ANY(%s::int4[])", SQL.identifier(alias, "id"), listed
            )
        )

    @api.model
    def search_count(self, domain, limit=None):
        """As Odoo's. A count that ends at a limit may reach it without what the user follows.

        To read the lines of many followed cases takes longer than to count the others.
        """
        if limit and self._follows_many() and "is_followed" not in repr(Domain(domain)):
            kept, partner_id = self.env.cr.cache[FOLLOWED], self.env.user.partner_id.id
            kept[partner_id] = NONE
            try:
                found = super().search_count(domain, limit)
            finally:
                kept[partner_id] = None
            if found == limit:
                return found
        return super().search_count(domain, limit)

    @api.model
    def _follows_many(self):
        """Whether the user follows many cases, as far as a search of theirs has asked it."""
        kept = self.env.cr.cache.get(FOLLOWED)
        return bool(kept) and not self.env.su and kept.get(self.env.user.partner_id.id, ()) is None

    @api.model
    def _followed_by_user(self):
        return [("res_model", "=", self._name), ("partner_id", "=", self.env.user.partner_id.id)]

    @api.model
    def _followed_ids(self):
        """The ids of the cases that the user follows, as PostgreSQL writes an array, None if many.

        They are kept until the transaction ends, or somebody begins or ends to follow.
        """
        kept = self.env.cr.cache.setdefault(FOLLOWED, {})
        partner_id = self.env.user.partner_id.id
        if partner_id not in kept:
            # sudo: whether the user follows is asked before anything of the case is read.
            lines = self.env["mail.followers"].sudo()
            query = lines._search(self._followed_by_user(), limit=MANY + 1)
            [(count, listed)] = self.env.execute_query(
                SQL(
                    "SELECT COUNT(*), ARRAY_AGG(res_id)::text FROM (%s) followed",
                    query.select(SQL("res_id")),
                )
            )
            kept[partner_id] = (listed or NONE) if count <= MANY else None
        return kept[partner_id]

    @api.model
    def _sql_is_followed(self, alias, query, partner_id):
        """Whether a partner follows, by a join to their line, of which a case has one at most.

        PostgreSQL looks up the lines of a page one by one, and for a count reads all of them once.
        """
        line = query.make_alias(alias, "followed")
        query.add_join(
            "LEFT JOIN",
            line,
            "mail_followers",
            SQL(
                "%s = %s AND %s = %s AND %s = %s",
                SQL.identifier(line, "res_model"),
                self._name,
                SQL.identifier(line, "partner_id"),
                partner_id,
                SQL.identifier(line, "res_id"),
                SQL.identifier(alias, "id"),
            ),
        )
        followers = self.env["mail.followers"]._fields["partner_id"]
        return SQL("%s IS NOT NULL", SQL.identifier(line, "id"), to_flush=followers)
