from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.area_address import typed_address

# What decides the alias of an area, and whether it has one.
_DECIDING = frozenset({"active", "alias_name", "company_id", "mail_type_id"})
# What follows from the area: only the system writes it.
_FOLLOWING = ("alias_id", "alias_domain_id", "alias_defaults", "kept_alias_name")


class AtencionAreaAlias(models.Model):
    """The address of an area: an alias of Odoo's, whose values all follow from the area.

    An archived area frees its address for others, and keeps its name aside. It gets it back when
    it is restored, unless another one took it meanwhile.
    """

    _inherit = "atencion.area"

    alias_name = fields.Char("E-mail address", tracking=True)
    alias_email = fields.Char("Address")
    kept_alias_name = fields.Char(
        "Address set aside",
        copy=False,
        readonly=True,
        help="The address that the archived area had.",
    )
    mail_domain = fields.Char("Domain of the company", related="company_id.alias_domain_id.name")

    # -------------------------------------------------------------------------
    # What is typed
    # -------------------------------------------------------------------------

    def _clean_input(self, vals):
        cleaned = super()._clean_input(vals)
        self._refuse_following(cleaned)
        if "alias_name" in cleaned:
            cleaned.setdefault("kept_alias_name", False)
            if cleaned["alias_name"]:
                company = self.company_id
                if cleaned.get("company_id") or not company:
                    company = company.browse(cleaned.get("company_id") or self.env.company.id)
                cleaned["alias_name"] = self._local_part(str(cleaned["alias_name"]), company)
        return cleaned

    def _refuse_following(self, vals):
        """Refuse values of a client that follow from the area.

        :raise AccessError: names the field
        """
        if self.env.su:
            return
        for name in _FOLLOWING:
            if name in vals and not self._is_own_alias(name, vals[name]):
                raise AccessError(
                    self.env._(
                        "%s: only the system writes it.",
                        self._fields[name]._description_string(self.env),
                    )
                )

    def _is_own_alias(self, name, value):
        """Whether a value is the alias that Odoo has just created for the area.

        A new area has none yet, as its form says.
        """
        if name != "alias_id" or len(self) > 1 or bool(value) != bool(self):
            return False
        if not value:
            return True
        # sudo: a user may not read every alias.
        alias = self.env["mail.alias"].sudo().browse(value)
        ours = self.env["ir.model"]._get_id(self._name)
        return (alias.alias_parent_model_id.id, alias.alias_parent_thread_id) == (ours, self.id)

    @api.model
    def _local_part(self, text, companies):
        """What stands before the @ of an address that was typed.

        :param companies: of the areas that get it
        :raise ValidationError: says what cannot be used, and what to write instead
        """
        # sudo: the domain of a company is in each of its addresses.
        company = companies[:1].sudo()
        domain = company.alias_domain_id.name or ""
        typed = typed_address(text, domain)
        if typed.is_foreign and not domain:
            raise ValidationError(
                self.env._(
                    "%(company)s has no e-mail domain yet, so that “%(text)s” cannot be one of "
                    "its addresses. An administrator enters the domain in the General Settings.",
                    company=company.name,
                    text=text[:60],
                )
            )
        if typed.is_foreign:
            raise ValidationError(
                self.env._(
                    "“%(text)s” is of another domain. The addresses of %(company)s end in "
                    "@%(domain)s: write only what stands before the @.",
                    text=text[:60],
                    company=company.name,
                    domain=domain,
                )
            )
        if not typed.is_valid:
            message = self.env._(
                "“%s” cannot be an address: write letters without accents, digits, dots and "
                "hyphens only, 64 of them at most.",
                text[:60],
            )
            proposal = self.env["mail.alias"]._sanitize_alias_name(typed.name) or ""
            proposal = proposal.strip("-._")
            if typed_address(proposal, domain).is_valid:
                message += " " + self.env._("For example: %s", proposal)
            raise ValidationError(message)
        return typed.name

    # -------------------------------------------------------------------------
    # What follows
    # -------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # The context of a client may name the alias of another record as a default.
        context = {
            key: value
            for key, value in self.env.context.items()
            if not key.startswith(("default_alias_", "default_kept_alias_"))
        }
        # Keys are left out, which keywords cannot do.
        # pylint: disable-next=context-overridden
        own = self.browse().with_context(context)
        areas = super(AtencionAreaAlias, own).create(vals_list).with_env(self.env)
        areas._settle_addresses()
        return areas

    def write(self, vals):
        result = super().write(vals)
        if not _DECIDING.isdisjoint(vals):
            if vals.get("active"):
                self._restore_addresses()
            self._settle_addresses()
        return result

    def _settle_addresses(self):
        """Make the aliases what the areas are: none if archived, else with their own values.

        :raise ValidationError: an area has an address, and no type for its mails
        """
        # sudo: who administers customer care may not write aliases.
        for area in self.sudo():
            name = area.alias_name
            if name and not area.active:
                area.write({"alias_name": False, "kept_alias_name": name})
            if name and not area.mail_type_id:
                raise ValidationError(
                    self.env._(
                        "Choose the type of the cases that mails to the area “%s” make: without "
                        "it, they could not be registered.",
                        area.display_name,
                    )
                )
            area._write_alias()

    def _restore_addresses(self):
        """Give the areas the address back that was set aside, if it is free."""
        for area in self.sudo().filtered("kept_alias_name"):
            if area._is_free(area.kept_alias_name):
                area.write({"alias_name": area.kept_alias_name})

    def _is_free(self, name):
        domain = self.company_id.alias_domain_id
        aliases = self.env["mail.alias"].sudo()
        same = [("alias_name", "=", name), ("alias_domain_id", "=", domain.id)]
        return name not in (domain.catchall_alias, domain.bounce_alias) and not aliases.search(
            same, limit=1
        )

    def _write_alias(self):
        """Write the values of the alias that differ from those that follow from the area."""
        alias = self.alias_id
        changed = alias._differing(self._alias_get_creation_values())
        if changed:
            alias.write(changed)

    def _refuse_other_values(self, names):
        """Refuse values of aliases that do not follow from their areas.

        :param names: of the fields of aliases that somebody wrote
        :raise UserError: names the area and the field
        """
        for area in self:
            own = area._alias_get_creation_values()
            other = area.alias_id._differing({name: own[name] for name in own.keys() & names})
            if other:
                field = area.alias_id._fields[next(iter(other))]
                raise UserError(
                    self.env._(
                        "%(alias)s is the address of the area “%(area)s”, and “%(field)s” follows "
                        "from it: change the area instead.",
                        alias=area.alias_id.display_name,
                        area=area.display_name,
                        field=field._description_string(self.env),
                    )
                )

    def _alias_get_alias_domain_id(self):
        """The domain of the company, also if there is none: no mail comes in by that of others."""
        return {area: area.company_id.alias_domain_id for area in self}

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values() | {
            "alias_model_id": self.env["ir.model"]._get_id("atencion.case"),
            "alias_contact": "everyone",
            "alias_defaults": "{}",
            "alias_force_thread_id": False,
            "alias_incoming_local": False,
        }
        if self:
            values["alias_domain_id"] = self.company_id.alias_domain_id.id
            values["alias_defaults"] = repr(
                {
                    "company_id": self.company_id.id,
                    "area_id": self.id,
                    "type_id": self.mail_type_id.id,
                }
            )
        return values
