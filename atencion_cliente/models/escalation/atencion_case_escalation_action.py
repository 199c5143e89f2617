from collections import defaultdict
from typing import NamedTuple

import psycopg2

from odoo import fields, models

from ...tools import escalation
from ...tools.audience import TASK
from ..base.contained import contained

# Why a rule did not change the state of a case. The log stores these codes.
NOT_FIRST = "not_first"
REFUSED = "refused"
STUCK = "stuck"
ALREADY_IN_STATE = "there"
# Why a rule did nothing at all: it was due before the case was imported.
IMPORTED = "imported"


class Firing(NamedTuple):
    """A rule that fires on a case, and whether it is the one that moves the case.

    An empty ``rule`` is the warning before the deadline.
    """

    case: models.Model
    rule: models.Model
    moves: bool


class Before(NamedTuple):
    """The state of a case, and the manager of its area, before any rule moved it."""

    stage: models.Model
    manager: models.Model


class AtencionCaseEscalationAction(models.Model):
    """What a rule does when it fires: it moves the case, notifies people and is logged."""

    _inherit = "atencion.case"

    def _act(self, firings, now):
        """Carry out firings; if one fails, carry out the others without it.

        All are carried out together first, because that takes fewer statements. If that
        fails, each case is done by itself, and then each firing.

        :param list[Firing] firings: in the order of the rules
        :param datetime.datetime now: UTC
        :return: the firings that failed
        :rtype: list[Firing]
        :raise psycopg2.OperationalError: another transaction changed the same rows
        """
        if not firings:
            return []
        try:
            # What was queued before is sent first, so that a notice that fails is one of these
            # firings.
            self.env.cr.flush()
            with contained(self.env):
                self._fire(firings, now)
                self.env.cr.flush()
            return []
        except psycopg2.OperationalError:
            # Nothing can succeed in this transaction any more: its snapshot is outdated.
            raise
        except Exception as error:
            parts = _split(firings)
            if len(parts) == 1:
                firings[0].rule._record_error(firings[0].case, error, now)
                return firings
        return [firing for part in parts for firing in self._act(part, now)]

    def _fire(self, firings, now):
        """Move the cases, notify people and write the log, one rule after another.

        The facts in the log, and the manager who is notified if no recipient remains, are
        those from before any rule moved the case.
        """
        rows = {firing: firing.case._log_values(firing.rule, now) for firing in firings}
        before = {
            case.id: Before(case.stage_id, case.area_id.manager_id) for case, *_rest in firings
        }
        by_rule = defaultdict(list)
        for firing in firings:
            by_rule[firing.rule].append(firing)
        for rule, group in by_rule.items():
            blocked = self._move_by(rule, group, before)
            outcomes = self._notify_by_rule(rule, group, blocked, before)
            for firing in group:
                case, values = firing.case, rows[firing]
                outcome = outcomes[case.id]
                values["user_ids"] = list(outcome.channels_by_user)
                values["facts"] |= {
                    "notified": outcome.channels_by_user,
                    "skipped": outcome.skipped,
                }
                if case.id in blocked:
                    values["facts"]["blocked"] = blocked[case.id]
                    values["to_stage_id"] = False
        self.env["atencion.escalation.log"].create(list(rows.values()))

    def _log_due_rules_as_imported(self):
        """Log the rules that are due on imported cases, without notifying or moving.

        They were due before the case came to Odoo, so nobody needs to know. The log
        prevents them from firing later; rules that become due from now on fire as usual.
        """
        now = fields.Datetime.now()
        # sudo: rules apply to imported cases, whatever rights the importer has.
        cases = self.sudo().filtered(lambda case: not case.closed_at)
        if not cases:
            return
        firings = cases._choose(cases.env["atencion.escalation.rule"]._in_force(), now)
        rows = [firing.case._log_values(firing.rule, now) for firing in firings if firing.rule]
        for values in rows:
            values["to_stage_id"] = False
            values["facts"]["blocked"] = [IMPORTED]
        self.env["atencion.escalation.log"].sudo().create(rows)
        cases._mark_pending(False)

    def _log_values(self, rule, now):
        """The values of the log for a firing, before it moves or notifies anything.

        :param rule: empty for the warning before the deadline
        :param datetime.datetime now: UTC
        """
        self.ensure_one()
        pure_rule = rule._as_rule() if rule else escalation.WARNING
        key = escalation.key_of(pure_rule, self._escalation_facts(()))
        clock = self._escalation_clock()
        hours = escalation.hours_on_clock(pure_rule, clock, now, self._working_hours())
        return {
            "rule_id": rule.id,
            "case_id": self.id,
            "rule_version": key.rule_version,
            "reopening": key.reopening,
            "stage_entry": key.stage_entry,
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
                "since": str(escalation.counts_from(pure_rule, clock)),
            },
        }

    # -------------------------------------------------------------------------
    # Move
    # -------------------------------------------------------------------------

    def _move_by(self, rule, firings, before):
        """Move the cases of the firings to the new state of the rule, where it is allowed.

        :param dict before: a ``Before`` by the id of the case
        :return: for each case that was not moved, by its id: the code of the reason, and
            texts about it
        :rtype: dict[int, list]
        """
        stage = rule.new_stage_id
        if not stage or rule._only_records():
            return {}
        blocked = {
            firing.case.id: [
                ALREADY_IN_STATE if before[firing.case.id].stage == stage else NOT_FIRST
            ]
            for firing in firings
            if not firing.moves
        }
        cases = self.browse(firing.case.id for firing in firings if firing.moves)
        moves = cases._automatic_moves()
        for case in cases:
            if moves[case.id] >= escalation.MOST_MOVES:
                blocked[case.id] = [STUCK]
                manager = before[case.id].manager
                case._queue_notices(manager, (TASK,), ("stuck", {"rule_id": rule.id}))
        cases = cases.filtered(lambda case: case.id not in blocked)
        # The note goes into the ledger in the language of the company, not in that of the
        # scheduled action.
        cases = cases.with_context(lang=rule.company_id.partner_id.lang)
        rule = rule.with_env(cases.env)
        change = rule._stage_change()
        refused = cases._stage_refusals(change)
        blocked |= {case_id: [REFUSED, *texts] for case_id, texts in refused.items()}
        cases.filtered(lambda case: case.id not in refused)._apply_stage_change(change)
        return blocked

    def _automatic_moves(self):
        """How often rules have moved each case since it was last reopened, by its id.

        :rtype: dict[int, int]
        """
        groups = self.env["atencion.escalation.log"]._read_group(
            [
                ("case_id", "in", self.ids),
                ("mode", "=", "active"),
                ("to_stage_id", "!=", False),
            ],
            ["case_id", "reopening"],
            ["__count"],
        )
        moves = dict.fromkeys(self.ids, 0)
        moves.update(
            {case.id: count for case, reopening, count in groups if reopening == case.reopening}
        )
        return moves


def _split(firings):
    """The firings in smaller lists: one per case, or one per firing of a single case."""
    by_case = defaultdict(list)
    for firing in firings:
        by_case[firing.case.id].append(firing)
    if len(by_case) > 1:
        return list(by_case.values())
    return [[firing] for firing in firings]
