from odoo import api, models

from ..base.server_context import server_value

# Key of the cases that the transaction closed (see ``base/contained.py``).
CLOSED = "atencion.notices.closed"
# Context key: to-dos of notices are created, and their people follow only if they have to.
TASKS = "atencion_notice_tasks"


class AtencionCaseNoticeFollowers(models.Model):
    """Who is notified of a case may open it: as a follower, if in no other way.

    Following gives sight, and being told once is no reason to see for ever: what a notice began
    ends when the case is closed. A later notice begins it again, as after a reopening. Whoever
    follows by their own choice, or was added by somebody, stays.
    """

    _inherit = "atencion.case"

    def _let_recipients_follow(self, batches):
        """Make recipients who could not open the case followers without any subtype.

        So they read the case, and get no other message of it. The notice that a case was
        closed begins nothing: it would never end.
        """
        closed = self.env.cr.precommit.data.pop(CLOSED, ())
        self._add_silent_followers(
            {
                (batch.case.id, user.partner_id.id)
                for batch in batches
                for users in batch.recipients.values()
                for user in users
                if not (batch.case.id in closed and batch.case.is_closed)
                and batch.case._opens_as_follower(user)
            }
        )

    @api.model
    def _add_silent_followers(self, wanted):
        """Add followers without any subtype, until the case is closed.

        :param set wanted: pairs of a case id and a partner id; who follows already stays so
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
                {
                    "res_model": self._name,
                    "res_id": case_id,
                    "partner_id": partner_id,
                    "atencion_by_notice": True,
                }
                for case_id, partner_id in sorted(wanted)
            ]
        )

    def _opens_as_follower(self, user):
        """Whether a user may read the case only as a follower.

        As the record rules have it: supervisors read every case, who works on a case reads it,
        and who is of its area reads it if nobody works on it, or with a role for all of it.
        """
        self.ensure_one()
        if not user.has_group("atencion_cliente.group_user"):
            return False
        if user.has_group("atencion_cliente.group_supervisor"):
            return False
        if user in self.user_id | self.legal_user_id:
            return False
        of_area = not self.user_id or user.has_group("atencion_cliente.group_area_user")
        return not (of_area and not self.is_confidential and self._is_member(user))

    def _is_member(self, user):
        """Whether a user is a member of the area of the case."""
        return self.area_id.active and user.id in self.area_id._member_ids()

    # -------------------------------------------------------------------------
    # End
    # -------------------------------------------------------------------------

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        if "user_id" in vals:
            # Odoo makes who gets a case its follower, and we who gives it away: not for a notice.
            self._keep_followers((self.env.user | self.sudo().user_id).partner_id.ids)
        stage = self.env["atencion.case.stage"].browse(vals.get("stage_id") or ())
        if stage.is_closed:
            self._end_following_by_notice()

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Whoever is made a follower, or chooses what to follow, stays one after the closing."""
        if server_value(self.env, TASKS):
            return True
        self._keep_followers(partner_ids or [])
        return super()._message_subscribe(partner_ids, subtype_ids, customer_ids)

    def _followers_by_notice(self):
        """The followers whom the system added to these cases for a notice."""
        # sudo: whoever closes a case need not see who follows it.
        return (
            self.env["mail.followers"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("atencion_by_notice", "=", True),
                ]
            )
        )

    def _keep_followers(self, partner_ids):
        """Let people follow on who followed for a notice only."""
        kept = self._followers_by_notice().filtered(lambda one: one.partner_id.id in partner_ids)
        kept.atencion_by_notice = False

    def _end_following_by_notice(self):
        """End what notices began; who closes the case goes on seeing what they did."""
        closed = self.env.cr.precommit.data.setdefault(CLOSED, {})
        closed.update(dict.fromkeys(self.ids))
        followers = self._followers_by_notice()
        own = followers.filtered(lambda one: one.partner_id == self.env.user.partner_id)
        own.atencion_by_notice = False
        if followers - own:
            (followers - own).unlink()
            self.invalidate_recordset(["is_followed", "message_is_follower"])
