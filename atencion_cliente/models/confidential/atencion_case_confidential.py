from odoo import api, models
from odoo.tools import SQL

from ...tools.confidential import Reader, Secret, may_know

STAFF = "atencion_cliente.group_user"
SUPERVISOR = "atencion_cliente.group_supervisor"
# Who of the staff may know of a case hangs on these.
HIDING = ("is_confidential", "user_id", "legal_user_id")
# What decides who may know of a case (its company never changes).
DECIDING = (*HIDING, "requester_id", "partner_id")


class AtencionCaseConfidential(models.Model):
    """Who may know of a case: the one answer that every channel asks for.

    The rule is ``tools.confidential``. The record rules of cases say the same in a domain,
    and ``_kept_from_sql`` in SQL, for what points to a case and is searched.
    """

    _inherit = "atencion.case"

    # -------------------------------------------------------------------------
    # Who may know
    # -------------------------------------------------------------------------

    def _who_may_know(self, people, internal=False):
        """Those of some people who may know of each case.

        :param people: ``res.users`` or ``res.partner``; a partner may know what one of his
            active users may
        :param bool internal: of what is written among the staff, too
        :return: by case id, the people
        """
        secrets = {case.id: case._as_secret() for case in self.sudo()}
        if not any(secret.is_confidential for secret in secrets.values()):
            return dict.fromkeys(secrets, people)
        readers = {person.id: self._readers(person) for person in people.sudo()}
        return {
            case_id: people.filtered(
                lambda person, secret=secret: any(
                    may_know(secret, reader, internal) for reader in readers[person.id]
                )
            )
            for case_id, secret in secrets.items()
        }

    def _may_know(self, user, internal=False):
        """Whether a user may know of the case."""
        self.ensure_one()
        return bool(self._who_may_know(user, internal)[self.id])

    def _as_secret(self):
        self.ensure_one()
        return Secret(
            is_confidential=self.is_confidential,
            company_id=self.company_id.id,
            user_ids=frozenset((self.user_id | self.legal_user_id).ids),
            partner_ids=frozenset(self._customers().ids),
        )

    @api.model
    def _readers(self, person):
        """A user, or each active user of a partner, for the rule."""
        if person._name == "res.users":
            return [self._reader_of(person)]
        users = person.user_ids.filtered("active")
        return [self._reader_of(user) for user in users] or [Reader(person.id)]

    @api.model
    def _reader_of(self, user):
        return Reader(
            partner_id=user.partner_id.id,
            user_id=user.id,
            is_staff=user.active and user.has_group(STAFF),
            is_supervisor=user.has_group(SUPERVISOR),
            company_ids=frozenset(user.company_ids.ids),
        )

    def _may_be_written_to(self, partners, internal=False):
        """Those of some partners to whom somebody may write about the case on purpose.

        That is who may know of it, and people outside who have no login: an expert, a
        notary, an insurer. Whoever holds the contract is none of those.
        """
        self.ensure_one()
        case, partners = self.sudo(), partners.sudo()
        known = case._who_may_know(partners, internal)[self.id]
        outsiders = (partners - known).filtered(lambda one: not one.user_ids)
        return known | (outsiders - case.contract_id.holder_ids.partner_id)

    # -------------------------------------------------------------------------
    # What the user may not know
    # -------------------------------------------------------------------------

    @api.model
    def _kept_from_user(self, ids, internal=True):
        """The confidential ones of some cases of which the user may not know.

        :param ids: of cases, which may have been deleted
        """
        cases = self.env["atencion.case"]
        if self.env.su or not ids:
            return cases
        # sudo: it asks about cases that the user does not see.
        secret = cases.sudo().with_context(active_test=False)
        secret = secret.search([("id", "in", list(ids)), ("is_confidential", "=", True)])
        user = self.env.user
        known = secret._who_may_know(user, internal)
        return secret.filtered(lambda case: not known[case.id]).sudo(False)

    @api.model
    def _kept_from_sql(self, case_id, is_public=SQL("FALSE")):  # noqa: B008 - a constant
        """The condition that a case is confidential and that the user may not know of it.

        It costs no statement, and nothing where the id is none of a case.

        :param SQL case_id: the id
        :param SQL is_public: whether it is about what requester and holder may know
        """
        user = self.env.user
        is_staff = user.has_group(STAFF)
        fields = [self.env["atencion.case"]._fields[name] for name in DECIDING]
        return SQL(
            """EXISTS (
                SELECT FROM atencion_case secret
                WHERE secret.id = %(case_id)s AND secret.is_confidential
                AND (%(is_staff)s AND secret.company_id = ANY(%(companies)s) AND (
                        %(is_supervisor)s OR secret.user_id = %(user)s
                        OR secret.legal_user_id = %(user)s)) IS NOT TRUE
                AND (%(is_public)s AND (secret.requester_id = %(partner)s
                        OR secret.partner_id = %(partner)s)) IS NOT TRUE)""",
            case_id=case_id,
            is_public=is_public,
            is_staff=is_staff,
            is_supervisor=user.has_group(SUPERVISOR),
            # Both without a statement of their own, whoever searches for whatever.
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
        return super()._prepare_create([self._inherit_secret(vals) for vals in vals_list], carried)

    def _after_create(self, vals_list, carried):
        super()._after_create(vals_list, carried)
        self.sudo().filtered("is_confidential")._keep_secret()

    def _prepare_write(self, vals, carried):
        if not vals.keys().isdisjoint(HIDING):
            # Before it is written: Odoo notifies an assignee with the rights of the user.
            self._refuse_to_hide(vals)
        if not vals.keys().isdisjoint(DECIDING):
            carried["secrets"] = {case.id: case._as_secret() for case in self.sudo()}
        return super()._prepare_write(vals, carried)

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        before = carried.get("secrets", {})
        self.sudo().filtered(
            lambda case: (
                case.is_confidential and case.id in before and case._excludes(before[case.id])
            )
        )._keep_secret()
        if vals.get("origin_id"):
            self.sudo().filtered(
                lambda case: case.origin_id.is_confidential and not case.is_confidential
            )._write_checked({"is_confidential": True})
            self._refuse_to_hide()

    def _excludes(self, before):
        """Whether somebody who might know of the case before may no longer."""
        now = self._as_secret()
        return not (
            before.is_confidential
            and now.user_ids >= before.user_ids
            and now.partner_ids >= before.partner_ids
        )

    @api.model
    def _inherit_secret(self, vals):
        """The values of a new case: what is made from a confidential one is confidential.

        It has the same legal adviser, and whoever makes it goes on seeing it.
        """
        # sudo: whether the user may refer to the origin is another question.
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
