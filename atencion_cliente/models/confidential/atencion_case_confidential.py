from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...tools.confidential import Reader, Restriction, may_know

STAFF = "atencion_cliente.group_user"
SUPERVISOR = "atencion_cliente.group_supervisor"
# The fields that decide which of the staff may know of a case.
STAFF_ACCESS_FIELDS = ("is_confidential", "user_id", "legal_user_id")
# The fields that decide who may know of a case (its company never changes).
ACCESS_FIELDS = (*STAFF_ACCESS_FIELDS, "requester_id", "partner_id")


class AtencionCaseConfidential(models.Model):
    """Decides who may know of a case, for every channel.

    The rule is in ``tools.confidential``. The record rules of cases express it as a domain,
    and ``_hidden_sql`` in SQL, for searches of records that point to a case.
    """

    _inherit = "atencion.case"

    legal_user_id = fields.Many2one(
        "res.users",
        string="Legal adviser",
        domain=[("share", "=", False)],
        check_company=True,
        tracking=True,
        index="btree_not_null",
        groups="base.group_user",
    )
    is_confidential = fields.Boolean(
        "Confidential",
        tracking=True,
        groups="base.group_user",
        help="Of the staff, only the assignee, the legal adviser and supervisors see the case. "
        "Its requester and its holder go on seeing what is theirs; nobody else of the contract "
        "does.",
    )

    # -------------------------------------------------------------------------
    # Who may know
    # -------------------------------------------------------------------------

    def _who_may_know(self, people, internal=False):
        """Those of some people who may know of each case.

        :param people: ``res.users`` or ``res.partner``; a partner may know what one of their
            active users may know
        :param bool internal: whether it is about what the staff write among themselves
        :return: by case id, the people
        """
        restrictions = {case.id: case._as_restriction() for case in self.sudo()}
        if not any(one.is_confidential for one in restrictions.values()):
            return dict.fromkeys(restrictions, people)
        readers = {person.id: self._readers(person) for person in people.sudo()}
        return {
            case_id: people.filtered(
                lambda person, restriction=restriction: any(
                    may_know(restriction, reader, internal) for reader in readers[person.id]
                )
            )
            for case_id, restriction in restrictions.items()
        }

    def _may_know(self, user, internal=False):
        """Whether a user may know of the case.

        :param bool internal: whether it is about what the staff write among themselves
        """
        self.ensure_one()
        return bool(self._who_may_know(user, internal)[self.id])

    def _as_restriction(self):
        self.ensure_one()
        return Restriction(
            is_confidential=self.is_confidential,
            company_id=self.company_id.id,
            user_ids=frozenset((self.user_id | self.legal_user_id).ids),
            partner_ids=frozenset(self._customers().ids),
        )

    @api.model
    def _readers(self, person):
        """A person as the rule takes them: a user, or each active user of a partner."""
        if person._name == "res.users":
            return [self._reader_of(person)]
        users = person.user_ids.filtered("active")
        return [self._reader_of(user) for user in users] or [Reader(person.id)]

    @api.model
    def _reader_of(self, user):
        return Reader(
            partner_id=user.partner_id.id,
            user_id=user.id,
            is_staff=user.active and self._is_staff(user),
            sees_all=self._sees_all(user),
            company_ids=frozenset(user.company_ids.ids),
        )

    @api.model
    def _is_staff(self, user):
        """Whether a user reads cases with a role of customer care; auditors do, too."""
        return user.has_group(STAFF) or user._is_auditor()

    @api.model
    def _sees_all(self, user):
        """Whether a user reads every case of their companies: a supervisor or an auditor."""
        return user.has_group(SUPERVISOR) or user._is_auditor()

    def _allowed_recipients(self, partners, internal=False):
        """Those of some partners to whom a user may address a message about the case.

        They are the people who may know of the case, and outsiders without a login: an
        expert, a notary, an insurer. Other holders of the contract are not among them, nor
        representatives.

        :param bool internal: whether it is about what the staff write among themselves
        """
        self.ensure_one()
        case, partners = self.sudo(), partners.sudo()
        known = case._who_may_know(partners, internal)[self.id]
        outsiders = (partners - known).filtered(lambda one: not one.user_ids)
        contract = case.contract_id.with_context(active_test=False)
        of_contract = contract.holder_ids.partner_id | contract.representative_ids.partner_id
        return known | (outsiders - of_contract)

    # -------------------------------------------------------------------------
    # What the user may not know
    # -------------------------------------------------------------------------

    @api.model
    def _hidden_from_user(self, ids, internal=True):
        """The cases among some ids that are confidential, and of which the user may not know.

        :param ids: ids of cases, some of which may have been deleted
        """
        cases = self.env["atencion.case"]
        if self.env.su or not ids:
            return cases
        # sudo: the user may not see these cases.
        found = cases.sudo().with_context(active_test=False)
        found = found.search([("id", "in", list(ids)), ("is_confidential", "=", True)])
        user = self.env.user
        known = found._who_may_know(user, internal)
        return found.filtered(lambda case: not known[case.id]).sudo(False)

    @api.model
    def _hidden_sql(self, case_id, is_public=SQL("FALSE")):  # noqa: B008 - a constant
        """The SQL condition that a case is confidential, and that the user may not know of it.

        It needs no statement of its own, and is false for an id that is not of a case.

        :param SQL case_id: the id of the case
        :param SQL is_public: whether requester and holder may know of what is searched
        """
        user = self.env.user
        is_staff = self._is_staff(user)
        fields = [self.env["atencion.case"]._fields[name] for name in ACCESS_FIELDS]
        return SQL(
            """EXISTS (
                SELECT FROM atencion_case restricted
                WHERE restricted.id = %(case_id)s AND restricted.is_confidential
                AND (%(is_staff)s AND restricted.company_id = ANY(%(companies)s) AND (
                        %(sees_all)s OR restricted.user_id = %(user)s
                        OR restricted.legal_user_id = %(user)s)) IS NOT TRUE
                AND (%(is_public)s AND (restricted.requester_id = %(partner)s
                        OR restricted.partner_id = %(partner)s)) IS NOT TRUE)""",
            case_id=case_id,
            is_public=is_public,
            is_staff=is_staff,
            sees_all=self._sees_all(user),
            # Companies and partner without a further statement: every search of these
            # models would cost it.
            companies=list(user._get_company_ids()),
            user=user.id,
            partner=SQL("(SELECT partner_id FROM res_users WHERE id = %s)", user.id),
            to_flush=fields,
        )

    # -------------------------------------------------------------------------
    # Cases that are, or become, confidential
    # -------------------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list, carried):
        vals_list = [self._inherit_confidentiality(vals) for vals in vals_list]
        for vals in vals_list:
            if vals.get("is_confidential"):
                users = (vals.get("user_id"), vals.get("legal_user_id"))
                self._refuse_to_lose_sight(users, self._new_name(vals))
        return super()._prepare_create(vals_list, carried)

    def _after_create(self, vals_list, carried):
        super()._after_create(vals_list, carried)
        self.sudo().filtered("is_confidential")._enforce_confidentiality()

    def _prepare_write(self, vals, carried):
        if not vals.keys().isdisjoint(STAFF_ACCESS_FIELDS):
            # Checked before the write: Odoo notifies an assignee with the rights of the user.
            self._refuse_to_hide(vals)
        if not vals.keys().isdisjoint(ACCESS_FIELDS):
            carried["restrictions"] = {case.id: case._as_restriction() for case in self.sudo()}
        return super()._prepare_write(vals, carried)

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        before = carried.get("restrictions", {})
        self.sudo().filtered(
            lambda case: (
                case.is_confidential and case.id in before and case._excludes(before[case.id])
            )
        )._enforce_confidentiality()
        if vals.get("origin_id"):
            self.sudo().filtered(
                lambda case: case.origin_id.is_confidential and not case.is_confidential
            )._write_checked({"is_confidential": True})
            self._refuse_to_hide()

    def _excludes(self, before):
        """Whether somebody who could know of the case before may not any longer.

        :param Restriction before: of the case before the change
        """
        now = self._as_restriction()
        return not (
            before.is_confidential
            and now.user_ids >= before.user_ids
            and now.partner_ids >= before.partner_ids
        )

    @api.model
    def _inherit_confidentiality(self, vals):
        """The values of a new case; a case made from a confidential one is confidential.

        It has the same legal adviser. If the user would not see it otherwise, they become
        its assignee.
        """
        # sudo: whether the user may refer to the origin is checked elsewhere.
        origin = self.env["atencion.case"].sudo().browse(vals.get("origin_id") or ()).exists()
        if not origin.is_confidential:
            return vals
        vals = vals | {"is_confidential": True}
        if not vals.get("legal_user_id"):
            vals["legal_user_id"] = origin.legal_user_id.id
        user = self.env.user
        sees = self.env.su or user.has_group(SUPERVISOR) or vals["legal_user_id"] == user.id
        if not sees and not vals.get("user_id"):
            vals["user_id"] = user.id
        return vals

    def _refuse_to_hide(self, vals=None):
        """Refuse a change by which the user loses sight of a case.

        :param dict vals: what is about to be written
        :raise ValidationError: says who sees a confidential case
        """
        vals = vals or {}
        # sudo: once the case is confidential, the user may be one who cannot read it.
        for case in self.sudo():
            users = (
                vals.get("user_id", case.user_id.id),
                vals.get("legal_user_id", case.legal_user_id.id),
            )
            if vals.get("is_confidential", case.is_confidential):
                self._refuse_to_lose_sight(users, case.display_name)

    @api.model
    def _refuse_to_lose_sight(self, user_ids, name):
        """Refuse a confidential case of which the user is neither assignee nor legal adviser.

        Otherwise nobody may be left who works on it. Supervisors see every case.

        :param user_ids: the ids of its assignee and legal adviser
        :param str name: the name of the case in the message
        :raise ValidationError: says who sees a confidential case
        """
        user = self.env.user
        if self.env.su or user.id in user_ids or user.has_group(SUPERVISOR):
            return
        raise ValidationError(
            self.env._(
                "%(case)s: only its assignee, its legal adviser and supervisors "
                "see a confidential case, and you would not see it any more. Assign "
                "it to yourself, or ask a supervisor to do this.",
                case=name,
            )
        )
