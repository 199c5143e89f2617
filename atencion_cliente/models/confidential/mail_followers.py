from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..base.present import present

CASE = "atencion.case"
EVENT = "calendar.event"
# Where a transaction keeps which cases users follow.
FOLLOWED = "atencion_followed"


class MailFollowers(models.Model):
    """People who may not know of a confidential case follow neither it nor its events."""

    _name = "mail.followers"
    _inherit = ["atencion.kept", "mail.followers"]

    # A notice let them see a case, until it is closed (``_let_recipients_follow``).
    atencion_by_notice = fields.Boolean("By a notice")

    @api.model_create_multi
    def create(self, vals_list):
        followers = super().create(vals_list)
        self._forget_followed()
        if any(vals.get("res_model") in (CASE, EVENT) for vals in vals_list):
            followers._check_may_know()
        return followers

    def write(self, vals):
        result = super().write(vals)
        self._forget_followed()
        if not vals.keys().isdisjoint(("res_model", "res_id", "partner_id")):
            self._check_may_know()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_followed()
        return result

    @api.model
    def _forget_followed(self):
        """What people follow is read again in this transaction."""
        self.env.cr.cache.pop(FOLLOWED, None)

    @api.model
    def _readable_sql(self, model, alias, query):
        """The SQL condition that a follower is of no case or event hidden from the user."""
        return self._readable_thread_sql(alias, "res_model")

    def _hidden_records(self, operation):
        followers = self.sudo().filtered(lambda one: one.res_model in (CASE, EVENT))
        hidden_keys = set()
        for model, found in followers.grouped("res_model").items():
            hidden = self.env[model]
            if model == CASE:
                hidden = hidden._hidden_from_user(found.mapped("res_id"), internal=False)
            else:
                hidden = hidden.browse(found.mapped("res_id"))._hidden_from_user()
            hidden_keys.update((model, record_id) for record_id in hidden.ids)
        return followers.filtered(lambda one: (one.res_model, one.res_id) in hidden_keys).sudo(
            False
        )

    def _reassign_to(self, partner):
        """Make a contact the follower instead of another who is being merged into them.

        It checks nothing: the merge gives them the access of the other contact only
        afterwards.
        """
        self._forget_followed()
        # pylint: disable-next=super-method-mismatch
        return super().write({"partner_id": partner.id})

    def _check_may_know(self):
        """Refuse followers who may not know; ``_add_followers`` has left them out already.

        :raise ValidationError: one of them may not know; it names them and the case
        """
        for model, followers in self.sudo().grouped("res_model").items():
            cases = self._confidential_cases_of(model, followers.mapped("res_id"))
            for follower in followers.filtered(lambda one, cases=cases: one.res_id in cases):
                case = cases[follower.res_id]
                if not self._who_may_follow(follower.partner_id, model, case):
                    raise ValidationError(
                        self.env._(
                            "%(person)s may not follow case %(case)s: it is confidential.",
                            person=follower.partner_id.name,
                            case=case.name,
                        )
                    )

    @api.model
    def _confidential_cases_of(self, res_model, res_ids):
        """The confidential case that each followed record is, or is an event of.

        :return: by the id of the record, without records that have no confidential case
        """
        # sudo: whether the user may read them is checked elsewhere.
        cases, events = self.env[CASE].sudo(), self.env[EVENT].sudo()
        if res_model == CASE:
            found = {case_id: case_id for case_id in res_ids}
        elif res_model == EVENT:
            events = events.browse(res_ids).filtered(lambda event: event.res_model == CASE)
            found = {event.id: event.res_id for event in events}
        else:
            found = {}
        confidential = present(cases.browse(set(found.values()))).filtered("is_confidential")
        return {
            res_id: cases.browse(case_id)
            for res_id, case_id in found.items()
            if case_id in confidential._ids
        }

    @api.model
    def _who_may_follow(self, partners, res_model, case):
        """Those of some partners who may follow a confidential case, or an event of it."""
        if res_model == CASE:
            return case._who_may_know(partners)[case.id]
        # Odoo makes the guests of an event its followers.
        return case._allowed_recipients(partners)

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
        if res_model not in (CASE, EVENT) or not new:
            return new, update
        partners = self.env["res.partner"].sudo().browse(partner_ids)
        for res_id, case in self._confidential_cases_of(res_model, list(new)).items():
            known = self._who_may_follow(partners, res_model, case)
            new[res_id] = [line for line in new[res_id] if line["partner_id"] in known.ids]
        return new, update
