from odoo import api, models

from ...tools import audience


class AtencionCaseNoticeFollowers(models.Model):
    """Who is notified of a case may open it: as a follower, if in no other way."""

    _inherit = "atencion.case"

    def _let_recipients_follow(self, batches):
        """Make recipients who could not open the case followers without any subtype.

        So they read the case, and get no other message of it. It includes everybody who
        gets a task: Odoo would make them followers of all messages.
        """
        wanted = set()
        for batch in batches:
            for medium, users in batch.recipients.items():
                wanted.update(
                    (batch.case.id, user.partner_id.id)
                    for user in users
                    if medium == audience.TASK or batch.case._opens_as_follower(user)
                )
        self._add_silent_followers(wanted)

    @api.model
    def _add_silent_followers(self, wanted):
        """Add followers without any subtype, unless they follow already.

        :param set wanted: pairs of a case id and a partner id
        """
        if not wanted:
            return
        followers = self.env["mail.followers"].sudo()
        known = followers.search_fetch(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", [case_id for case_id, _partner in wanted]),
                ("partner_id", "in", [partner_id for _case, partner_id in wanted]),
            ],
            ["res_id", "partner_id"],
        )
        wanted = wanted - {(known_one.res_id, known_one.partner_id.id) for known_one in known}
        followers.create(
            [
                {"res_model": self._name, "res_id": case_id, "partner_id": partner_id}
                for case_id, partner_id in sorted(wanted)
            ]
        )

    def _opens_as_follower(self, user):
        """Whether a user may read the case only as a follower."""
        self.ensure_one()
        if not user.has_group("atencion_cliente.group_user"):
            return False
        if user.has_group("atencion_cliente.group_area_user"):
            return not (
                user.has_group("atencion_cliente.group_supervisor")
                or self.area_id in user.atencion_area_ids
            )
        return user not in self.user_id | self.legal_user_id
