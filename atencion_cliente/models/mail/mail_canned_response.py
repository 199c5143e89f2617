from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import ormcache

USER = "atencion_cliente.group_user"
MANAGER = "atencion_cliente.group_manager"
AREAS = "atencion_area_ids"


class MailCannedResponse(models.Model):
    """Answers that an area shares: its members use them, and its manager edits them."""

    _inherit = "mail.canned.response"

    atencion_area_ids = fields.Many2many(
        "atencion.area",
        "atencion_area_canned_response_rel",
        string="Service areas",
        groups=USER,
        help="The members of these areas use the answer, and their managers edit it.",
    )

    @api.depends(AREAS)
    def _compute_is_shared(self):
        result = super()._compute_is_shared()
        # sudo: that it is shared is no secret of the areas.
        self.sudo().filtered(AREAS).is_shared = True
        return result

    @api.model_create_multi
    def create(self, vals_list):
        answers = super().create(vals_list)
        answers._check_managed_areas()
        return answers

    def write(self, vals):
        result = super().write(vals)
        if AREAS in vals:
            # Also when the last area is taken away.
            self.env.registry.clear_cache()
            self._check_managed_areas()
        return result

    def unlink(self):
        if self.sudo()[AREAS]:
            self.env.registry.clear_cache()
        return super().unlink()

    def _check_managed_areas(self):
        """Refuse to share an answer with an area of somebody else.

        :raise AccessError: names the area
        """
        # sudo: who manages an area is compared only.
        areas = self.sudo()[AREAS]
        if not areas:
            return
        self.env.registry.clear_cache()
        if self.env.su or self.env.user.has_group(MANAGER):
            return
        for area in areas.filtered(lambda one: one.manager_id != self.env.user):
            raise AccessError(
                self.env._("The manager of “%s” shares answers with its members.", area.name)
            )

    @api.model
    def _of_own_areas(self):
        """The answers of the areas of which the user is a member."""
        user = self.env.user
        areas = user.atencion_area_ids if user.has_group(USER) else None
        return self.search(Domain(AREAS, "in", areas.ids)) if areas else self.browse()

    @api.model
    @ormcache("self.env.uid")
    def _has_of_own_areas(self):
        """``_of_own_areas``, kept until answers or members change: each page of a user asks."""
        return bool(self._of_own_areas())
