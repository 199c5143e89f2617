from collections import defaultdict

from odoo import api, fields, models

AREAS = "atencion_area_ids"


class ResUsers(models.Model):
    """The service areas of users. Who joins or leaves one is logged in its chatter."""

    _inherit = "res.users"

    atencion_area_ids = fields.Many2many(
        "atencion.area",
        "atencion_area_member_rel",
        "user_id",
        "area_id",
        string="Service areas",
        groups="atencion_cliente.group_user",
    )

    @api.model_create_multi
    def create(self, vals_list):
        has_areas = f"default_{AREAS}" in self.env.context or any(
            AREAS in vals for vals in vals_list
        )
        users = super().create(vals_list)
        if has_areas:
            users._log_areas(set(), users._memberships())
            # sudo: an administrator of users may not read areas.
            self.env["atencion.area"].sudo()._clear_rule_cache()
        return users

    def write(self, vals):
        if AREAS not in vals:
            return super().write(vals)
        before = self._memberships()
        result = super().write(vals)
        after = self._memberships()
        self._log_areas(before, after)
        # sudo: an administrator of users may not read areas.
        self.env["atencion.area"].sudo()._clear_rule_cache()
        return result

    def unlink(self):
        self.check_access("unlink")
        # sudo: an administrator of users has no rights on areas. What is deleted with a user
        # is logged first: the database deletes it without a word.
        lines = self.env["atencion.area.notification"].sudo()
        lines.search([("user_id", "in", self.ids)]).unlink()
        self._log_areas(self._memberships(), set())
        return super().unlink()

    def _memberships(self):
        """Pairs of these users and the areas that they are members of.

        :return: both in ``sudo``
        :rtype: set[tuple[models.Model, models.Model]]
        """
        # sudo: an administrator of users may not read areas.
        users = self.sudo().with_context(active_test=False)
        return {(user, area) for user in users for area in user[AREAS]}

    def _log_areas(self, before, after):
        """Log in each area who has joined and who has left it.

        :param set before: pairs as ``_memberships`` gives them
        :param set after: the same, after the change
        """
        joined, left = self._names_by_area(after - before), self._names_by_area(before - after)
        for area in joined.keys() | left.keys():
            label = area._fields["member_ids"]._description_string(self.env)
            if joined[area]:
                area._log_line(f"{label}: {self.env._('added: %s', joined[area])}")
            if left[area]:
                area._log_line(f"{label}: {self.env._('removed: %s', left[area])}")

    @api.model
    def _names_by_area(self, memberships):
        names = defaultdict(list)
        for user, area in memberships:
            names[area].append(user.name)
        return defaultdict(str, {area: ", ".join(sorted(found)) for area, found in names.items()})
