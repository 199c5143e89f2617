from odoo import api, fields, models
from odoo.exceptions import AccessError

from .public_method import public


# The model is Odoo's settings page, not a dialog of this addon.
# pylint: disable-next=no-wizard-in-models
class ResConfigSettings(models.TransientModel):
    """Whether the database searches without accents, as who types on a telephone expects."""

    _inherit = "res.config.settings"

    atencion_search_warning = fields.Char(
        "About searches", compute="_compute_atencion_search_warning"
    )
    atencion_has_unused_indexes = fields.Boolean(
        "Has indexes that no search uses", compute="_compute_atencion_search_warning"
    )

    @api.depends("company_id")
    def _compute_atencion_search_warning(self):
        has_unused = bool(self.env["atencion.text.index"]._unused())
        self.atencion_has_unused_indexes = has_unused
        self.atencion_search_warning = self._search_warning_text(has_unused)

    @api.model
    def _search_warning_text(self, has_unused):
        """What is wrong with searches, and what to do; False if nothing is."""
        if not self.env.registry.has_unaccent:
            return self.env._(
                "Searches want every accent: “filtracion” does not find “filtración”, nor “munoz” "
                "“Muñoz”. Whoever runs the server switches PostgreSQL's “unaccent” on for this "
                "database, as the addon's README says, and restarts Odoo."
            )
        if not self.env["atencion.text.index"]._has_indexable_unaccent():
            return self.env._(
                "Searches are slow, because PostgreSQL's “unaccent” is not immutable in this "
                "database. The addon's README says how to declare it so."
            )
        if has_unused:
            return self.env._(
                "Searches without accents are on, and slow: indexes are missing, or of before. "
                "Make them anew while nobody works."
            )
        return False

    @public()
    def action_renew_text_indexes(self):
        """Make the indexes that searches lack: administrators of Odoo."""
        if not self.env.is_system():
            raise AccessError(self.env._("Only an administrator of Odoo may do this."))
        self.env["atencion.text.index"]._renew_unused()
        return {"type": "ir.actions.client", "tag": "soft_reload"}
