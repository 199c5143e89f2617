from collections import defaultdict
from typing import NamedTuple

from odoo import models

from ...tools.audience import ALERT


class RuleNotice(NamedTuple):
    """A notice that can be the same for many cases: the arguments of ``_queue_notices``.

    ``facts``: pairs of a name and a value. ``queued``: False only finds out who would be
    notified.
    """

    users: models.Model
    channels: tuple
    event: str
    facts: tuple
    queued: bool = True

    def arguments(self):
        return self.users, self.channels, (self.event, dict(self.facts)), None, self.queued


class AtencionCaseEscalationNotice(models.Model):
    """The notices that a rule sends when it fires."""

    _inherit = "atencion.case"

    def _notify_by_rule(self, rule, firings, blocked, before):
        """Notify the recipients of a rule.

        For a rule that only records, nothing is sent: the result says whom it would notify.

        :param dict blocked: cases that were not moved, as ``_move_by`` returns them
        :param dict before: a ``Before`` by the id of the case
        :return: who was notified by which channels, and who was not, by the id of the case
        :rtype: dict[int, audience.Notified]
        """
        groups = defaultdict(self.browse)
        for firing in firings:
            case = firing.case
            moved_from = case.id not in blocked and before[case.id].stage
            groups[case._rule_notice(rule, moved_from)] |= case
        managers = {case_id: known.manager for case_id, known in before.items()}
        outcomes = {}
        for notice, cases in groups.items():
            outcomes |= cases._notify_or_fall_back(notice, managers)
        return outcomes

    def _notify_or_fall_back(self, notice, managers):
        """Notify people of the cases, or the area's manager if no recipient remains.

        :param RuleNotice notice: one that is the same for all the cases
        :param dict managers: users by the id of the case
        :rtype: dict[int, audience.Notified]
        """
        outcomes = self._queue_notices(*notice.arguments())
        without_recipient = defaultdict(list)
        for case in self if notice.channels else ():
            manager = managers[case.id] - notice.users
            if manager and outcomes[case.id].nobody:
                without_recipient[manager].append(case.id)
        for manager, ids in without_recipient.items():
            fallback = notice._replace(users=manager)
            others = self.browse(ids)._queue_notices(*fallback.arguments())
            for case_id in ids:
                outcomes[case_id].join(others[case_id])
        return outcomes

    def _rule_notice(self, rule, moved_from):
        """The notice that a firing sends about a case.

        :param rule: empty for the warning before the deadline
        :param moved_from: the state from which the rule moves the case; falsy if it does not
        :rtype: RuleNotice
        """
        self.ensure_one()
        if not rule:
            users = self.user_id or self.area_id.manager_id
            return RuleNotice(users, (ALERT,), "warning", (("deadline", str(self.deadline_date)),))
        facts = {
            "rule_id": rule.id,
            "hours": rule.hours,
            "from_stage_id": moved_from and moved_from.id,
            "to_stage_id": moved_from and rule.new_stage_id.id,
        }
        return RuleNotice(
            rule._recipients(),
            rule._channels(),
            "rule",
            tuple(facts.items()),
            queued=not rule._only_records(),
        )
