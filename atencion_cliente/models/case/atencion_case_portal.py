from uuid import uuid4

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import ormcache

# Values of a message that only internal users and the mail gateway choose.
FOR_STAFF = (
    *("date", "incoming_email_cc", "incoming_email_to", "mail_server_id"),
    *("message_id", "outgoing_email_to", "tracking_value_ids"),
)
# What says to whom the link to a case is sent.
REACHED_BY = ("partner_id", "requester_email", "requester_id", "requester_phone")
# Where a transaction keeps whether its users are of the staff.
IS_STAFF = "atencion.is_staff"
# The groups of fields that each internal user reads.
OF_STAFF = (None, "", "base.group_user")
# All that a customer reads of a case by a call: what their pages show, and what Odoo itself reads
# as the customer to find cases, to order them and to post a message.
READ_BY_CUSTOMERS = frozenset(
    {
        *("access_url", "attention_date", "contract_id", "description", "display_name", "id"),
        *("name", "project_id", "request_date", "response", "stage_id", "subject", "type_id"),
        *("unit_id", "place_id", "active", "company_id", "external_ref", "received_at"),
    }
)


class AtencionCasePortal(models.Model):
    """The case as its customer sees it."""

    _inherit = "atencion.case"

    @api.model
    def _has_field_access(self, field, operation):
        """Customers read what their pages show: no area, nobody of the staff, no other field.

        A list of what is read holds for fields that other addons and later versions add.
        """
        # Odoo asks for each value of each case that it reads: most answers are here.
        is_staff = self.env.su or self._is_known_as_staff()
        if is_staff and field.groups in OF_STAFF:
            # By the link, an auditor could write as the customer.
            return field.name != "access_token" or self.env.su or not self.env.user._is_auditor()
        shown = is_staff or field.name in READ_BY_CUSTOMERS
        return shown and super()._has_field_access(field, operation)

    @api.model
    def _is_known_as_staff(self):
        """``_is_read_by_staff``, once in a transaction that changes no groups."""
        if self.env.registry.cache_invalidated:
            return self._is_read_by_staff()
        known, key = self.env.cr.cache, (IS_STAFF, self.env.uid)
        if key not in known:
            known[key] = self._is_read_by_staff()
        return known[key]

    @api.model
    @ormcache("self.env.uid")
    def _is_read_by_staff(self):
        """``_is_internal`` of the user, kept as long as Odoo keeps their groups."""
        return self.env.user._is_internal()

    def _compute_access_url(self):
        for case in self:
            case.access_url = f"/my/cases/{case.id}"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access and not self.env.user._is_internal():
            self._refuse_search_by_hidden(domain)
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    @api.model
    def _refuse_search_by_hidden(self, domain):
        """Refuse that customers search by what they do not read, or by lines.

        A field that is not stored brings a search of its own, which Odoo does not ask who may
        read the field. It searches messages without record rules, internal ones too: a customer
        could read them by searching for one letter after the other.

        :raise AccessError: names the field
        """
        for condition in Domain(domain).iter_conditions():
            name = str(condition.field_expr).partition(".")[0]
            field = self._fields.get(name)
            if not field:
                continue
            if field.type in ("one2many", "many2many") or not self._has_field_access(field, "read"):
                raise AccessError(self.env._("Cases are not searched by “%s” here.", name))

    def _field_to_sql(self, alias, field_expr, query=None):
        self._check_shown(field_expr)
        return super()._field_to_sql(alias, field_expr, query)

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._check_shown(groupby_spec)
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _check_shown(self, expression):
        """Refuse that customers order or group by what they do not read.

        Odoo asks for the field behind a related one, and not for the related one.

        :param str expression: of an order or a group; it begins with the name of a field
        :raise AccessError: names the field
        """
        field = self._fields.get(expression.partition(":")[0].partition(".")[0])
        if field and not self.env.su:
            self._check_field_access(field, "read")

    @api.model
    def _counted_domain(self, domain):
        """To customers each of their cases counts: they do not read that it is excluded."""
        if self.env.su or self.env.user._is_internal():
            return super()._counted_domain(domain)
        return domain

    def _message_create(self, values_list):
        """A customer who posts by a call writes in their own name, and to nobody else.

        Odoo's routes, which ask for rights of their own, come with ``sudo``.

        :raise AccessError: names what is for the staff
        """
        if not self.env.su and not self.env.user._is_internal():
            for values in values_list:
                # In place: the caller goes on with the same values, to notify people.
                values.update(self._values_of_customer(values))
        return super()._message_create(values_list)

    def _values_of_customer(self, values):
        for name in FOR_STAFF:
            if values.get(name):
                raise AccessError(self.env._("A message of a customer has no “%s”.", name))
        user = self.env.user
        author = {"author_id": user.partner_id.id, "email_from": user.email_formatted}
        replies = self._notify_get_reply_to(
            default=author["email_from"], author_id=author["author_id"]
        )
        return author | {"reply_to": replies[values.get("res_id")]}

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        # sudo: as in Odoo's portal, the people whom a message of a customer reaches are found
        # by fields that the customer does not read.
        case = self if self.env.user._is_internal() else self.sudo()
        return super(AtencionCasePortal, case)._notify_thread(
            message.with_env(case.env), msg_vals=msg_vals, **kwargs
        )

    # -------------------------------------------------------------------------
    # Links with a token, which need no login
    # -------------------------------------------------------------------------

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"access_token"}

    @api.model
    def _prepare_create(self, vals_list, carried):
        """Each case has its token from the beginning: a mail need not write it."""
        vals_list = [vals | {"access_token": str(uuid4())} for vals in vals_list]
        return super()._prepare_create(vals_list, carried)

    def _portal_ensure_token(self):
        """The token of the link, for whoever may write to the customer."""
        if not self.env.su:
            self.env.user._refuse_as_auditor()
            self.check_access("read")
            self._check_field_access(self._fields["access_token"], "read")
        # sudo: as in Odoo, whoever may read the case may have the token written.
        case = self.sudo()
        if not case.access_token:
            case._write_checked({"access_token": str(uuid4())})
        return case.access_token

    def _prepare_write(self, vals, carried):
        if not vals.keys().isdisjoint(REACHED_BY):
            carried["reached"] = {case: case._reached() for case in self.sudo()}
        return super()._prepare_write(vals, carried)

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        for case, reached in carried.get("reached", {}).items():
            case._drop_links_of(reached)

    def _drop_links_of(self, reached):
        """A former customer of the case loses their link to it; the others get a new one.

        :param set reached: whom links may have been sent to, before a change
        """
        if reached - self._reached():
            self._drop_links()

    def _reached(self):
        """To whom links to the case may be sent: its customers, their addresses and telephones.

        :rtype: set
        """
        self.ensure_one()
        emails = {email for found in self._written_addresses().values() for email in found}
        return {*self._customers(), *emails, *self._chat_numbers().values()} - {""}

    def _customers(self):
        """The customers of the case: requester and holder."""
        self.ensure_one()
        return self.requester_id | self.partner_id
