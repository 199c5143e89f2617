from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...tools.mail_settings import MEGABYTE, NUMBERS, header, servers

PREFIX = "atencion_mail_"


# The model is Odoo's settings page, not a dialog of this addon.
# pylint: disable-next=no-wizard-in-models
class ResConfigSettings(models.TransientModel):
    """Settings of mail that comes in: all companies share them."""

    _inherit = "res.config.settings"

    atencion_mail_addresses = fields.Text(
        "Addresses of the areas", compute="_compute_atencion_mail_addresses"
    )
    atencion_mail_domain = fields.Char(related="company_id.alias_domain_id.name")
    atencion_mail_size_limit_mb = fields.Integer("Largest mail in MB")
    atencion_mail_limit = fields.Integer("Mails of one address")
    atencion_mail_case_limit = fields.Integer("New cases of one address")
    atencion_mail_window_minutes = fields.Integer("Minutes that are counted")
    atencion_mail_trusted_servers = fields.Char("Trusted servers")
    atencion_mail_spam_header = fields.Char("Header of spam")
    atencion_mail_retention_days = fields.Integer("Days of the register")
    atencion_mail_keep_originals = fields.Boolean("Keep every original mail")

    @api.depends("company_id")
    def _compute_atencion_mail_addresses(self):
        for settings in self:
            areas = self.env["atencion.area"].search(
                [("company_id", "=", settings.company_id.id), ("alias_name", "!=", False)]
            )
            settings.atencion_mail_addresses = "\n".join(
                f"{area.name}: {area.alias_id.display_name}" for area in areas
            )

    @api.model
    def get_values(self):
        return super().get_values() | self._atencion_mail_values()

    @api.model
    def _atencion_mail_values(self):
        """The settings as they are, by the names of their fields."""
        found = self.env["atencion.incoming.mail"]._mail_settings()
        return {
            f"{PREFIX}size_limit_mb": found.size_limit // MEGABYTE,
            f"{PREFIX}limit": found.mail_limit,
            f"{PREFIX}case_limit": found.case_limit,
            f"{PREFIX}window_minutes": found.window_minutes,
            f"{PREFIX}trusted_servers": ", ".join(found.trusted_servers),
            f"{PREFIX}spam_header": found.spam_header,
            f"{PREFIX}retention_days": found.retention_days,
            f"{PREFIX}keep_originals": found.keep_originals,
        }

    def set_values(self):
        result = super().set_values()
        before = self._atencion_mail_values()
        after = {name: str(self[name] or type(value)()) for name, value in before.items()}
        texts = {
            name.removeprefix(PREFIX): text
            for name, text in after.items()
            if text != str(before[name])
        }
        if texts:
            self._set_atencion_mail(texts)
            self.env["atencion.setting.change"]._record_shared(
                {name: str(value) for name, value in before.items()}, after
            )
        return result

    def _set_atencion_mail(self, texts):
        """Keep settings that were changed.

        :param dict texts: by the names in ``tools.mail_settings``
        :raise AccessError: the user does not administer Odoo
        :raise ValidationError: names the setting that cannot be used
        """
        if not self.env.is_admin():
            raise AccessError(self.env._("Only administrators change the settings of mail."))
        for name, text in texts.items():
            self._check_atencion_mail(name, text)
        self.env["atencion.incoming.mail"]._set_mail_settings(texts)

    def _check_atencion_mail(self, name, text):
        label = self._fields[PREFIX + name]._description_string(self.env)
        if name in NUMBERS:
            _default, least, most = NUMBERS[name]
            if not (text.isdigit() and least <= int(text) <= most):
                raise ValidationError(
                    self.env._(
                        "%(field)s: “%(value)s” is not possible. Write a number from %(least)s to "
                        "%(most)s.",
                        field=label,
                        value=text,
                        least=least,
                        most=most,
                    )
                )
        refused = servers(text)[1] if name == "trusted_servers" else ()
        if refused:
            raise ValidationError(
                self.env._(
                    "%(field)s: “%(value)s” is no name of a server. Write it as it stands at the "
                    "beginning of Authentication-Results, for example mx.example.com.",
                    field=label,
                    value=refused[0][:60],
                )
            )
        if name == "spam_header" and header(text) is None:
            raise ValidationError(
                self.env._(
                    "%(field)s: “%(value)s” is no name of a header. Write it without its value, "
                    "for example X-Spam-Status.",
                    field=label,
                    value=text[:60],
                )
            )
