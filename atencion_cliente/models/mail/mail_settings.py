from odoo import api, models

from ...tools.mail_settings import NUMBERS, TEXTS, mail_settings

# Names of parameters begin so; a mail is judged before its company is known, so that all
# companies share them.
PREFIX = "atencion_cliente.mail_"


class AtencionIncomingMailSettings(models.Model):
    """The settings of mail that comes in."""

    _inherit = "atencion.incoming.mail"

    @api.model
    def _mail_settings(self):
        """The settings of mail that comes in; what cannot be used has its default.

        :rtype: MailSettings
        """
        return mail_settings(self._mail_setting_texts())

    @api.model
    def _mail_setting_texts(self):
        """The settings as they are kept, by the names in ``tools.mail_settings``."""
        # sudo: they hold for every mail, whoever brings it; nothing in them is secret.
        parameters = self.env["ir.config_parameter"].sudo()
        return {name: parameters.get_param(PREFIX + name) or "" for name in (*NUMBERS, *TEXTS)}

    @api.model
    def _set_mail_settings(self, texts):
        """Keep settings; the caller has checked rights and values.

        :param dict texts: by the names in ``tools.mail_settings``
        """
        # sudo: as above.
        parameters = self.env["ir.config_parameter"].sudo()
        for name, text in texts.items():
            parameters.set_param(PREFIX + name, text or False)
