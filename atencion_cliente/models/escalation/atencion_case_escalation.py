import logging
from collections import defaultdict
from typing import NamedTuple

import psycopg2

from odoo import api, fields, models
from odoo.tools import mute_logger, split_every

from ...tools import escalation
from ..base.public_method import public
from .atencion_case_escalation_action import Firing

_logger = logging.getLogger(__name__)

# How many cases are locked, processed and committed together.
BATCH = 200


class Due(NamedTuple):
    """The cases that a run of the rules has to process.

    ``ids``: the ids of all these cases. ``by_rule``: ids of the cases on which a rule is
    due, by the id of the rule. ``written_at``: when each rule was last written, in UTC, by
    its id. ``near_deadline``: ids of the cases whose deadline is near. ``companies``: those
    in which near deadlines were searched, the first time today.
    """

    ids: list
    by_rule: dict
    written_at: dict
    near_deadline: list
    companies: models.Model


class AtencionCaseEscalation(models.Model):
    """The run of the escalation rules.

    A run processes two kinds of cases: those on which a rule has become due since its last
    run, which are found by a search per rule, and those that have changed since, which
    carry a mark. Each of them is locked and read afresh, and ``tools.escalation`` chooses
    the rules that fire. The log of firings prevents a rule from firing twice.
    """

    _inherit = "atencion.case"

    escalation_log_ids = fields.One2many(
        "atencion.escalation.log",
        "case_id",
        string="Escalations",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    escalation_count = fields.Integer(
        "Number of escalations", compute="_compute_escalation_count", groups="base.group_user"
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"escalation_log_ids"}

    @api.model
    def _get_row_sources(self):
        source = ("atencion.escalation.log", "case_id")
        return super()._get_row_sources() | {"escalation_count": source}

    def _compute_escalation_count(self):
        counts = dict(
            self.env["atencion.escalation.log"]._read_group(
                [("case_id", "in", self.ids)], ["case_id"], ["__count"]
            )
        )
        for case in self:
            case.escalation_count = counts.get(case, 0)

    @public(one=True)
    def action_open_escalations(self):
        """Open the log of the rules that fired on the case."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "atencion_cliente.atencion_escalation_log_action"
        )
        return action | {"domain": [("case_id", "=", self.id)], "context": {}}

    @api.model
    def _cron_escalate(self):
        """Apply the rules to the cases that are due, in batches that are committed one by one.

        A case that is not processed, because the run dies, has no time left or finds the
        case locked, is processed by the next run.
        """
        now = fields.Datetime.now()
        due = self._search_due(now)
        cron = self.env["ir.cron"]
        left, seconds = set(due.ids), True
        if due.ids:
            seconds = cron._commit_progress(remaining=len(due.ids))
        for ids in split_every(BATCH, due.ids):
            if not seconds:
                break
            left -= set(ids)
            left |= self._escalate_ids(ids, now)
            seconds = cron._commit_progress(len(ids))
        self._close_run(due, left, now)

    @api.model
    def _search_due(self, now):
        """The cases that a run has to process.

        :param datetime.datetime now: UTC
        :rtype: Due
        """
        cases = self.sudo().with_context(active_test=False)
        pending = cases.search([("escalation_pending", "=", True)], order="id")
        companies = self.env["res.company"]._with_escalation()
        rules = self.env["atencion.escalation.rule"].sudo()._in_force(companies)
        by_rule = rules._find_due(now, {rule: rule.searched_at for rule in rules})
        companies = self._companies_to_warn(companies)
        near_deadline = cases._search_warnings(companies).ids if companies else []
        ids = set(pending.ids).union(near_deadline, *by_rule.values())
        written_at = {rule.id: rule.write_date for rule in rules}
        return Due(sorted(ids), by_rule, written_at, near_deadline, companies)

    def _escalate_ids(self, ids, now):
        """Lock a batch of cases and apply the rules to them.

        :param datetime.datetime now: UTC
        :return: ids of the cases that the next run has to process: another transaction has
            locked them, or they failed
        :rtype: set[int]
        """
        cases = self.sudo().with_context(active_test=False).browse(ids)
        try:
            # The lock is the first statement of its transaction: otherwise the transaction
            # would not see a change that was committed just before the lock.
            with mute_logger("odoo.sql_db"):
                locked = cases.try_lock_for_update(allow_referencing=True)
            rules = self.env["atencion.escalation.rule"].sudo()._in_force()
            return set(ids) - set(locked.ids) | locked._escalate(rules, now)
        except psycopg2.OperationalError as error:
            # Another transaction changed one of the cases, or a record of it, meanwhile.
            self.env.cr.rollback()
            _logger.info("Escalation: a batch is left for the next run: %s", error)
            return set(ids)

    def _escalate(self, rules, now):
        """Apply rules to locked cases: choose all firings first, then carry them out.

        :param rules: the ``atencion.escalation.rule`` in force
        :param datetime.datetime now: UTC
        :return: ids of the cases that failed
        :rtype: set[int]
        """
        firings = self._choose(rules, now)
        failed = {firing.case.id for firing in self._act(firings, now)}
        moved = {firing.case.id for firing in firings if firing.moves}
        done = self.filtered(
            lambda case: case.id not in failed and case.id not in moved and case.escalation_pending
        )
        done._mark_pending(False)
        return failed

    # -------------------------------------------------------------------------
    # Choice
    # -------------------------------------------------------------------------

    def _choose(self, rules, now):
        """The rules that fire on the cases, in the order of the rules.

        :param rules: the ``atencion.escalation.rule`` in force
        :param datetime.datetime now: UTC
        :rtype: list[Firing]
        """
        records = {rule.id: rule for rule in rules}
        by_company = {
            company: [rule._as_rule() for rule in group]
            for company, group in rules.grouped("company_id").items()
        }
        fired = self._fired_keys()
        firings = []
        for case in self:
            facts = case._escalation_facts(fired[case.id])
            company_rules = by_company.get(case.company_id, ())
            working_hours = case._working_hours() if company_rules else None
            choice = escalation.choose(facts, company_rules, now, working_hours)
            firings += [
                Firing(case, records[rule.id], rule == choice.mover) for rule in choice.fired
            ]
            if case._is_to_warn(facts):
                firings.append(Firing(case, rules.browse(), False))
        return firings

    def _fired_keys(self):
        """The keys of what has fired on the cases, by the id of the case.

        :rtype: dict[int, set[escalation.Key]]
        """
        keys = defaultdict(set)
        logs = self.env["atencion.escalation.log"].search_fetch(
            [("case_id", "in", self.ids)],
            ["case_id", "rule_id", "rule_version", "reopening", "stage_entry", "mode"],
        )
        for log in logs:
            keys[log.case_id.id].add(log._as_key())
        return keys

    def _escalation_facts(self, fired):
        """The case as ``tools.escalation`` reads it.

        :param set fired: the keys of what has fired on it
        :rtype: escalation.Facts
        """
        self.ensure_one()
        return escalation.Facts(
            stage=self.stage_id.id,
            area=self.area_id.id,
            case_type=self.type_id.id,
            priority=self.priority,
            clock=self._escalation_clock(),
            closed=bool(self.closed_at) or not self.active,
            reopening=self.reopening,
            stage_entry=self.stage_entry,
            fired=frozenset(fired),
        )

    # -------------------------------------------------------------------------
    # End of a run
    # -------------------------------------------------------------------------

    @api.model
    def _close_run(self, due, left, now):
        """Record that the cases that were due until ``now`` are processed.

        A rule is recorded only if all cases that its search found are processed; else the
        next run searches them again. A rule that was edited during the run is not recorded
        either: the next run searches it from scratch.

        :param Due due: what the run had to process
        :param set left: ids of the cases that the next run has to process
        :param datetime.datetime now: UTC
        """
        done = [rule_id for rule_id, found in due.by_rule.items() if left.isdisjoint(found)]
        rules = self.env["atencion.escalation.rule"].sudo().browse(done)
        companies = due.companies if left.isdisjoint(due.near_deadline) else due.companies.browse()
        try:
            with mute_logger("odoo.sql_db"):
                rules._close_search(due.written_at, now)
                for company in companies:
                    company.atencion_warned_on = company._today()
                self.env.flush_all()
        except psycopg2.OperationalError as error:
            # Another run recorded the same at the same moment.
            self.env.cr.rollback()
            _logger.info("Escalation: the next run repeats the search of this one: %s", error)
