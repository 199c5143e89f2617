from odoo import api, fields, models


class AtencionAreaNotification(models.Model):
    _name = "atencion.area.notification"
    _description = "Notification of a service area"
    _inherit = [
        "atencion.input",
        "atencion.traced.line",
        "atencion.readable.links",
        "atencion.notify.channels",
    ]
    _order = "area_id, id"
    _rec_name = "user_id"
    _traced_parent = "area_id"
    _traced_fields = (
        "user_id",
        "notify_alert",
        "notify_task",
        "notify_email",
        "on_create",
        "on_update",
    )

    area_id = fields.Many2one("atencion.area", required=True, index=True, ondelete="cascade")
    user_id = fields.Many2one(
        "res.users",
        string="Assigned user",
        required=True,
        domain=[("share", "=", False)],
        ondelete="cascade",
    )
    on_create = fields.Boolean("When a case arrives", default=True)
    on_update = fields.Boolean("When a case changes", default=True)

    _area_user_unique = models.UniqueIndex(
        "(area_id, user_id)", "The user already has a notification in this area."
    )

    @api.constrains("user_id")
    def _check_people(self):
        # sudo: whether they are of the staff is no secret.
        users = self.sudo().user_id
        users._refuse_as_staff(self._fields["user_id"]._description_string(self.env))

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        self._clear_recipient_cache()
        return lines

    def write(self, vals):
        result = super().write(vals)
        self._clear_recipient_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self._clear_recipient_cache()
        return result

    def _clear_recipient_cache(self):
        """Clear the cached recipients of areas (``atencion.area._notification_recipients``)."""
        self.env.registry.clear_cache()
