from odoo import api, models
from odoo.exceptions import ValidationError

CASE = "atencion.case"


class MailFollowers(models.Model):
    """Whoever may not know of a confidential case does not follow it."""

    _inherit = "mail.followers"

    @api.model_create_multi
    def create(self, vals_list):
        followers = super().create(vals_list)
        if any(vals.get("res_model") == CASE for vals in vals_list):
            followers._check_may_know()
        return followers

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(("res_model", "res_id", "partner_id")):
            self._check_may_know()
        return result

    def _check_may_know(self):
        """Refuse followers who may not know; Odoo's own ways leave them out before.

        :raise ValidationError: names a follower and the case
        """
        of_cases = self.sudo().filtered(lambda one: one.res_model == CASE)
        for follower in of_cases:
            case = follower.env[CASE].browse(follower.res_id)
            if not case._who_may_know(follower.partner_id)[case.id]:
                raise ValidationError(
                    self.env._(
                        "%(person)s may not follow case %(case)s: it is confidential.",
                        person=follower.partner_id.name,
                        case=case.name,
                    )
                )

    def _add_followers(
        self,
        res_model,
        res_ids,
        partner_ids,
        subtypes,
        check_existing=False,
        existing_policy="skip",
    ):
        new, update = super()._add_followers(
            res_model, res_ids, partner_ids, subtypes, check_existing, existing_policy
        )
        if res_model != CASE or not new:
            return new, update
        cases = self.env[CASE].sudo().browse(new)
        partners = self.env["res.partner"].sudo().browse(partner_ids)
        known = cases._who_may_know(partners)
        return {
            case_id: [values for values in lines if values["partner_id"] in known[case_id].ids]
            for case_id, lines in new.items()
        }, update
