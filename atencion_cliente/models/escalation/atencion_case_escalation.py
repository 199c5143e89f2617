import logging
from collections import defaultdict
from typing import NamedTuple

import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, mute_logger, split_every

from ...tools import escalation
from ..base.public_method import public
from .atencion_case_escalation_action import Firing

_logger = logging.getLogger(__name__)

# Cases that are locked, judged and committed together.
BATCH = 200


class Due(NamedTuple):
    """What a run has to look at: ids of cases, by the rule that found them or in all.

    ``versions``: when each rule was last written. ``warned`` are the cases whose
    deadline is near, of ``companies`` where that was not searched today.
    """

    ids: list
    by_rule: dict
    versions: dict
    warned: list
    companies: models.Model


class AtencionCaseEscalation(models.Model):
    """Escalation rules applied to cases.

    What is due by mere time is searched rule by rule, between the last run and this
    one; what has changed since is marked on the cases. Both are judged again, under a
    lock and on fresh facts, by the pure rule; the log remembers what fired.
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
        """The log of what the rules did on the case."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "atencion_cliente.atencion_escalation_log_action"
        )
        return action | {"domain": [("case_id", "=", self.id)], "context": {}}

    @api.model
    def _cron_escalate(self):
        """Apply the rules to what is due, in batches that are committed one by one.

        A run that dies, is out of time or meets a locked case leaves the rest to the
        next one: a rule counts as applied up to now only if all it found was done.
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
        """What the rules have to look at.

        :param datetime.datetime now: UTC
        :rtype: Due
        """
        cases = self.sudo().with_context(active_test=False)
        pending = cases.search([("escalation_pending", "=", True)], order="id")
        companies = self.env["res.company"]._with_escalation()
        rules = self.env["atencion.escalation.rule"].sudo()._in_force(companies)
        by_rule = rules._find_due(now, {rule: rule.searched_at for rule in rules})
        companies = self._companies_to_warn(companies)
        warned = cases._search_warnings(companies).ids if companies else []
        ids = set(pending.ids).union(warned, *by_rule.values())
        versions = {rule.id: rule.write_date for rule in rules}
        return Due(sorted(ids), by_rule, versions, warned, companies)

    def _escalate_ids(self, ids, now):
        """Judge a batch of cases and act.

        :return: ids of the cases that are left for a later run: locked by somebody
            else, or failed
        :rtype: set[int]
        """
        cases = self.sudo().with_context(active_test=False).browse(ids)
        try:
            # First of all in its transaction: no change can come before the lock then
            # that the transaction does not see.
            with mute_logger("odoo.sql_db"):
                locked = cases.try_lock_for_update(allow_referencing=True)
            rules = self.env["atencion.escalation.rule"].sudo()._in_force()
            return set(ids) - set(locked.ids) | locked._escalate(rules, now)
        except psycopg2.OperationalError as error:
            # Somebody changed a case, or what goes with it, at the same moment.
            self.env.cr.rollback()
            _logger.info("Escalation: a batch is left for the next run: %s", error)
            return set(ids)

    def _escalate(self, rules, now):
        """Apply rules to cases that are locked: judge them from one snapshot, then act.

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
        """What fires on the cases, in the order of the rules.

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
        """What the rules remember of the cases: keys by case id.

        :rtype: dict[int, set[escalation.Key]]
        """
        keys = defaultdict(set)
        logs = self.env["atencion.escalation.log"].search_fetch(
            [("case_id", "in", self.ids)],
            ["case_id", "rule_id", "memory", "life", "visit", "mode"],
        )
        for log in logs:
            keys[log.case_id.id].add(log._as_key())
        return keys

    def _escalation_facts(self, fired):
        """The case as it stands, for the pure rule.

        :param set fired: keys of what has fired on it
        :rtype: escalation.Facts
        """
        self.ensure_one()
        return escalation.Facts(
            stage=self.stage_id.id,
            area=self.area_id.id,
            kind=self.type_id.id,
            priority=self.priority,
            clock=self._escalation_clock(),
            closed=bool(self.closed_at) or not self.active,
            life=self.life,
            visit=self.visit,
            fired=frozenset(fired),
        )

    # -------------------------------------------------------------------------
    # Warning before the deadline
    # -------------------------------------------------------------------------

    def _is_to_warn(self, facts):
        """Whether the assignee is to be warned today of the deadline of the case."""
        self.ensure_one()
        if escalation.key_of(escalation.WARNING, facts) in facts.fired:
            return False
        if self.company_id.atencion_escalation_mode != "active":
            return False
        counts = not (facts.closed or self.attention_date or self.exclude_from_kpi)
        return counts and escalation.warns(
            deadline=None if self.paused_since else self.deadline_date or None,
            warn_days=self.type_id.warn_days,
            today=self.company_id._today(),
        )

    @api.model
    def _companies_to_warn(self, companies):
        """Those of companies where today's deadlines to warn of were not searched yet."""
        return companies.filtered(
            lambda company: (
                company.atencion_escalation_mode == "active"
                and company.atencion_warned_on != company._today()
            )
        )

    def _search_warnings(self, companies):
        """The cases of companies whose deadline is near enough to warn of it."""
        near = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                """EXISTS (
                    SELECT FROM atencion_case_type kind
                    WHERE kind.id = %s AND kind.warn_days > 0
                    AND %s BETWEEN %s AND %s + kind.warn_days)""",
                model._field_to_sql(alias, "type_id", query),
                model._field_to_sql(alias, "deadline_date", query),
                *[model._sql_today(model._sql_columns(alias))] * 2,
                to_flush=self.env["atencion.case.type"]._fields["warn_days"],
            )
        )
        return self.search(
            Domain.AND(
                Domain(*condition)
                for condition in (
                    ("company_id", "in", companies.ids),
                    ("closed_at", "=", False),
                    ("active", "=", True),
                    ("attention_date", "=", False),
                    ("paused_since", "=", False),
                    ("exclude_from_kpi", "=", False),
                    ("deadline_date", ">=", min(company._today() for company in companies)),
                )
            )
            & near,
            order="id",
        )

    # -------------------------------------------------------------------------
    # End of a run
    # -------------------------------------------------------------------------

    @api.model
    def _close_run(self, due, left, now):
        """Remember up to when all that was due was done.

        A rule that was edited during the run is searched from scratch by the next one.

        :param Due due: what the run looked at
        :param set left: ids of the cases that the next run has to look at again
        """
        done = [id_ for id_, found in due.by_rule.items() if left.isdisjoint(found)]
        rules = self.env["atencion.escalation.rule"].sudo().browse(done)
        companies = due.companies if left.isdisjoint(due.warned) else due.companies.browse()
        try:
            with mute_logger("odoo.sql_db"):
                rules._close_search(due.versions, now)
                for company in companies:
                    company.atencion_warned_on = company._today()
                self.env.flush_all()
        except psycopg2.OperationalError as error:
            # Another run did the same at the same time.
            self.env.cr.rollback()
            _logger.info("Escalation: the next run looks at this time again: %s", error)
