from collections import defaultdict
from typing import NamedTuple

import psycopg2

from odoo import fields, models

from ...tools import escalation
from ...tools.audience import ALERT, TASK
from ..base.contained import contained

# Why a rule did not move a case that it should have moved.
NOT_FIRST = "not_first"
REFUSED = "refused"
STUCK = "stuck"
THERE = "there"
# Why it did nothing at all.
IMPORTED = "imported"


class Firing(NamedTuple):
    """A rule that fires on a case; an empty rule is the warning before the deadline."""

    case: models.Model
    rule: models.Model
    moves: bool


class Before(NamedTuple):
    """Where a case stood before any rule moved it."""

    stage: models.Model
    manager: models.Model


class AtencionCaseEscalationAction(models.Model):
    """What follows when a rule fires: it moves the case, tells people and is logged."""

    _inherit = "atencion.case"

    def _act(self, firings, now):
        """Do what fired; where it fails, do it apart, so that one fault stops nothing else.

        :param list[Firing] firings: in the order of the rules
        :param datetime.datetime now: UTC
        :return: the firings that failed
        :rtype: list[Firing]
        """
        if not firings:
            return []
        try:
            # What was queued before is done, so that a failing notice is of these firings.
            self.env.cr.flush()
            with contained(self.env):
                self._fire(firings, now)
                self.env.cr.flush()
            return []
        except psycopg2.OperationalError:
            # The snapshot of this transaction is stale: nothing of it can succeed.
            raise
        except Exception as error:
            parts = _apart(firings)
            if len(parts) == 1:
                firings[0].rule._record_error(firings[0].case, error, now)
                return firings
        return [firing for part in parts for firing in self._act(part, now)]

    def _fire(self, firings, now):
        """Move, tell and log, rule by rule.

        What the log says of a case, and whom a rule falls back on, is as of before any
        rule moved it.
        """
        rows = {firing: firing.case._log_values(firing.rule, now) for firing in firings}
        before = {
            case.id: Before(case.stage_id, case.area_id.manager_id) for case, *_rest in firings
        }
        by_rule = defaultdict(list)
        for firing in firings:
            by_rule[firing.rule].append(firing)
        for rule, group in by_rule.items():
            hindered = self._move_by(rule, group, before)
            told = self._tell_by(rule, group, hindered, before)
            for firing in group:
                case, values = firing.case, rows[firing]
                values["user_ids"] = list(told[case.id].channels_by_user)
                values["facts"] |= {
                    "told": told[case.id].channels_by_user,
                    "skipped": told[case.id].skipped,
                }
                if case.id in hindered:
                    values["facts"]["hindered"] = hindered[case.id]
                    values["to_stage_id"] = False
        self.env["atencion.escalation.log"].create(list(rows.values()))

    def _log_due_rules_as_imported(self):
        """Let the rules that are due on cases that come from elsewhere pass them over.

        What was due there is no news here: it is logged, and neither told nor moved. What
        becomes due from now on fires as on any case.
        """
        now = fields.Datetime.now()
        # sudo: rules are applied to cases whoever brought them.
        cases = self.sudo().filtered(lambda case: not case.closed_at)
        firings = cases._choose(cases.env["atencion.escalation.rule"]._in_force(), now)
        rows = [firing.case._log_values(firing.rule, now) for firing in firings if firing.rule]
        for values in rows:
            values["to_stage_id"] = False
            values["facts"]["hindered"] = [IMPORTED]
        self.env["atencion.escalation.log"].sudo().create(rows)
        cases._mark_pending(False)

    def _log_values(self, rule, now):
        """The row of the log that a firing begins with."""
        self.ensure_one()
        pure = rule._as_rule() if rule else escalation.WARNING
        key = escalation.key_of(pure, self._escalation_facts(()))
        hours = escalation.hours_on_clock(
            pure, self._escalation_clock(), now, self._working_hours()
        )
        return {
            "rule_id": rule.id,
            "case_id": self.id,
            "memory": key.memory,
            "life": key.life,
            "visit": key.visit,
            "mode": "reference" if key.reference else "active",
            "fired_at": now,
            "hours": hours,
            "area_id": self.area_id.id,
            "from_stage_id": self.stage_id.id,
            "to_stage_id": rule.new_stage_id.id,
            "facts": {
                "priority": self.priority,
                "type": self.type_id.id,
                "assignee": self.user_id.id,
                "since": str(escalation.counts_from(pure, self._escalation_clock())),
            },
        }

    # -------------------------------------------------------------------------
    # Move
    # -------------------------------------------------------------------------

    def _move_by(self, rule, firings, before):
        """Move the cases that the rule may move.

        :param dict before: where each case stood, by its id
        :return: why the others were not moved, by case id
        :rtype: dict[int, list]
        """
        stage = rule.new_stage_id
        if not stage or rule._only_records():
            return {}
        hindered = {
            firing.case.id: [THERE if before[firing.case.id].stage == stage else NOT_FIRST]
            for firing in firings
            if not firing.moves
        }
        cases = self.browse(firing.case.id for firing in firings if firing.moves)
        moves = cases._automatic_moves()
        for case in cases:
            if moves[case.id] >= escalation.MOST_MOVES:
                hindered[case.id] = [STUCK]
                manager = before[case.id].manager
                case._queue_notices(manager, (TASK,), ("stuck", {"rule_id": rule.id}))
        cases = cases.filtered(lambda case: case.id not in hindered)
        # The ledger is written in the language of the company, not of the scheduler.
        cases = cases.with_context(lang=rule.company_id.partner_id.lang)
        rule = rule.with_env(cases.env)
        change = rule._stage_change()
        refused = cases._stage_refusals(change)
        hindered |= {case_id: [REFUSED, *texts] for case_id, texts in refused.items()}
        cases.filtered(lambda case: case.id not in refused)._apply_stage_change(change)
        return hindered

    def _automatic_moves(self):
        """How often rules have moved each case in its life.

        :rtype: dict[int, int]
        """
        groups = self.env["atencion.escalation.log"]._read_group(
            [
                ("case_id", "in", self.ids),
                ("mode", "=", "active"),
                ("to_stage_id", "!=", False),
            ],
            ["case_id", "life"],
            ["__count"],
        )
        moves = dict.fromkeys(self.ids, 0)
        moves.update({case.id: count for case, life, count in groups if life == case.life})
        return moves

    # -------------------------------------------------------------------------
    # Tell
    # -------------------------------------------------------------------------

    def _tell_by(self, rule, firings, hindered, before):
        """Tell whom the rule tells.

        A rule that only records tells nobody: it finds out whom it would have told.

        :return: who was told by which channels, and who was not, by case id
        :rtype: dict[int, audience.Notified]
        """
        groups = defaultdict(self.browse)
        for firing in firings:
            case = firing.case
            moved_from = case.id not in hindered and before[case.id].stage
            groups[case._message_of(rule, moved_from)] |= case
        managers = {case_id: place.manager for case_id, place in before.items()}
        told = {}
        for message, cases in groups.items():
            told |= cases._tell(message, managers)
        return told

    def _tell(self, message, managers):
        """Tell people of the cases; where nobody is left of them, the area's manager.

        :param dict managers: users by case id
        :rtype: dict[int, audience.Notified]
        """
        told = self._queue_notices(*message.arguments())
        left = defaultdict(list)
        for case in self if message.channels else ():
            manager = managers[case.id] - message.users
            if manager and told[case.id].nobody:
                left[manager].append(case.id)
        for manager, ids in left.items():
            fallback = message._replace(users=manager)
            others = self.browse(ids)._queue_notices(*fallback.arguments())
            for case_id in ids:
                told[case_id].join(others[case_id])
        return told

    def _message_of(self, rule, moved_from):
        """What a firing tells about a case, to whom and how.

        :param moved_from: the state that the rule moves the case from, if it does
        """
        self.ensure_one()
        if not rule:
            users = self.user_id or self.area_id.manager_id
            return Message(users, (ALERT,), "warning", (("deadline", str(self.deadline_date)),))
        facts = {
            "rule_id": rule.id,
            "hours": rule.hours,
            "from_stage_id": moved_from and moved_from.id,
            "to_stage_id": moved_from and rule.new_stage_id.id,
        }
        return Message(
            rule._recipients(),
            rule._channels(),
            "rule",
            tuple(facts.items()),
            queued=not rule._only_records(),
        )


class Message(NamedTuple):
    """What cases tell alike: the arguments of ``_queue_notices``."""

    users: models.Model
    channels: tuple
    event: str
    facts: tuple
    queued: bool = True

    def arguments(self):
        return self.users, self.channels, (self.event, dict(self.facts)), None, self.queued


def _apart(firings):
    """Firings apart: by case if there are several, else one by one."""
    by_case = defaultdict(list)
    for firing in firings:
        by_case[firing.case.id].append(firing)
    if len(by_case) > 1:
        return list(by_case.values())
    return [[firing] for firing in firings]
