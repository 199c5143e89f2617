from odoo import api, models

from ...tools import audience

# The fields that say who works on a case.
PEOPLE = ("user_id", "legal_user_id")


class AtencionCasePeople(models.Model):
    """Who works on a case: users of the staff who have not left, and who takes over from them."""

    _inherit = "atencion.case"

    @api.constrains(*PEOPLE)
    def _check_people(self):
        """Refuse users who left, customers and auditors, as people of open cases.

        A closed case keeps those who worked on it.

        :raise ValidationError: names the field and the user
        """
        # sudo: who may work on a case is no secret; links are checked elsewhere.
        cases = self.sudo().filtered(lambda case: not case.closed_at)
        for name in PEOPLE:
            cases[name]._refuse_as_staff(self._fields[name]._description_string(self.env))

    def _stage_values(self, change, moment):
        """Those who left meanwhile have no part in a reopened case."""
        values = super()._stage_values(change, moment)
        if self._reopened_by(change):
            # sudo: users may not read those who left.
            people = {name: self.sudo()[name] for name in PEOPLE}
            gone = {name for name, user in people.items() if user and not user._is_staff()}
            values |= dict.fromkeys(gone, False)
        return values

    # -------------------------------------------------------------------------
    # Who leaves
    # -------------------------------------------------------------------------

    @api.model
    def _open_cases_of(self, users):
        """The open cases, also archived ones, on which some users work.

        :return: in ``sudo``: whoever archives users may not read cases
        """
        cases = self.sudo().with_context(active_test=False)
        return cases.search(
            [
                ("closed_at", "=", False),
                "|",
                ("user_id", "in", users.ids),
                ("legal_user_id", "in", users.ids),
            ]
        )

    def _is_read_by(self, user):
        """Whether a user may read the case, in any of their companies."""
        companies = user.company_ids.ids
        case = self.with_user(user).with_context(allowed_company_ids=companies)
        return case.has_access("read")

    def _release_from(self, users, successor):
        """Give the cases of users who leave to somebody else, or to the tray of their area.

        Each case logs it, and the managers of the areas are notified, whatever a client's
        context says.

        :param users: who leaves
        :param successor: who takes over; of cases of other companies nobody does
        """
        cases = self.with_context(tracking_disable=False, mail_notrack=False)
        for case in cases:
            leaver = (case.user_id & users) or (case.legal_user_id & users)
            values = {}
            if case.user_id in users:
                follower = successor if case.company_id in successor.company_ids else successor[:0]
                values["user_id"] = follower.id
            if case.legal_user_id in users:
                values["legal_user_id"] = False
            case._write_checked(values)
            case._message_log(body=case._release_text(leaver, values))
            case._queue_notices(
                case.area_id.manager_id,
                (audience.ALERT,),
                (audience.LEFT, {"user_id": leaver.id}),
                author=self.env.user,
            )

    def _release_text(self, leaver, values):
        """The line of the log: who left, and who has the case now."""
        words = {"user": leaver.name, "area": self.area_id.name, "now": self.user_id.name}
        if "user_id" not in values:
            return self.env._("%(user)s left: the case has no legal adviser now.", **words)
        if self.user_id:
            return self.env._("%(user)s left: the case goes to %(now)s.", **words)
        return self.env._("%(user)s left: the case goes to the tray of %(area)s.", **words)
