import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.tools import mute_logger, ormcache

_logger = logging.getLogger(__name__)

# How many cases are counted again and committed together.
BATCH = 500
MAX_REASON = 500
# When to continue if another transaction holds a case.
RETRY = timedelta(minutes=1)
# No transaction stays open for longer: Odoo's limits of time end it.
LONGEST_TRANSACTION = timedelta(minutes=15)


class AtencionRecalculation(models.Model):
    """A change of the working days of a company, after which open cases are counted again.

    The change writes a row and triggers the scheduled action. It goes through the open cases of
    the company by their ids, and commits each batch together with how far it came: a run that
    dies is continued by the next one. Until it is through, cases of the company say so.

    A transaction that was open over the change and the job counted with the calendar of before,
    and the job could not see its cases. So it goes through those that were written meanwhile once
    more, when no such transaction can be open any longer.
    Nobody has the right to write rows. What the system wrote is the trace of the change.
    """

    _name = "atencion.recalculation"
    _description = "Recalculation of deadlines"
    _inherit = ["atencion.input", "atencion.bounds", "atencion.readable.links"]
    _order = "requested_at desc, id desc"
    _rec_name = "reason"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    reason = fields.Char(required=True, readonly=True, help="What changed.")
    user_id = fields.Many2one(
        "res.users", "Changed by", required=True, readonly=True, ondelete="restrict"
    )
    requested_at = fields.Datetime("Changed on", required=True, readonly=True)
    done_at = fields.Datetime("Through on", readonly=True, help="Empty: it is going on.")
    checked_at = fields.Datetime(
        "Checked on",
        readonly=True,
        help="Cases that were being written at the moment of the change were counted again, too.",
    )
    last_case = fields.Integer("Counted up to", readonly=True, help="The id of a case.")
    moved_count = fields.Integer("Deadlines moved", readonly=True)
    proposed_count = fields.Integer("Claims to decide on", readonly=True)

    _to_do_idx = models.Index("(company_id) WHERE done_at IS NULL")
    _to_check_idx = models.Index("(done_at) WHERE checked_at IS NULL")

    # -------------------------------------------------------------------------
    # Request
    # -------------------------------------------------------------------------

    @api.model
    def _request(self, companies, reason):
        """Let the open cases of companies be counted again.

        Changes that were made before the job began are one recalculation.

        :param companies: a ``res.company``
        :param str reason: what changed, for people
        """
        # sudo: nobody may write rows; who changes a calendar may not read all cases.
        rows = self.sudo()
        open_cases = rows.env["atencion.case"].with_context(active_test=False)
        waiting = rows.search(
            [
                ("company_id", "in", companies.ids),
                ("done_at", "=", False),
                ("last_case", "=", 0),
                ("user_id", "=", self.env.uid),
            ]
        ).grouped("company_id")
        concerned = open_cases._read_group(self._domain_of(companies), ["company_id"])
        for (company,) in concerned:
            if company in waiting:
                waiting[company]._add_reason(reason)
            else:
                rows._create_for(company, reason)
        if concerned:
            self.env.registry.clear_cache()
            self._trigger()

    @api.model
    def _trigger(self, at=None):
        cron = self.env.ref("atencion_cliente.ir_cron_recalculate", raise_if_not_found=False)
        if cron:
            # sudo: who changes a calendar has no rights on scheduled actions.
            cron.sudo()._trigger(at)

    @api.model
    def _create_for(self, company, reason):
        self.create(
            {
                "company_id": company.id,
                "reason": reason[:MAX_REASON],
                "user_id": self.env.uid,
                "requested_at": fields.Datetime.now(),
            }
        )

    def _add_reason(self, reason):
        """Add a change to the rows.

        The moment is written in any case: the change must not slip through while the job, in
        another transaction, counts with what was before it.
        """
        for row in self:
            if reason not in row.reason:
                row.reason = f"{row.reason}; {reason}"[:MAX_REASON]
            row.requested_at = fields.Datetime.now()

    @api.model
    def _domain_of(self, companies, after=0):
        """The cases of companies whose deadline follows their calendar.

        :param int after: the id of a case: those with a higher one
        """
        return [
            ("company_id", "in", companies.ids),
            ("closed_at", "=", False),
            ("attention_date", "=", False),
            ("id", ">", after),
        ]

    @api.model
    @ormcache()
    def _companies_in_progress(self):
        """The ids of the companies whose deadlines are being counted again."""
        # sudo: it is public; agents may not read the rows.
        return frozenset(self.sudo().search([("done_at", "=", False)]).company_id.ids)

    # -------------------------------------------------------------------------
    # Job
    # -------------------------------------------------------------------------

    @api.model
    def _cron_recalculate(self):
        """Count the open cases of the companies concerned again, in batches."""
        rows = self.sudo()._join_waiting() | self.sudo()._to_check()
        if not rows:
            return
        # The cache of this worker may be older than the change that it has to follow.
        self.env.registry.clear_cache()
        cron = self.env["ir.cron"]
        seconds = cron._commit_progress(remaining=sum(row._count_left() for row in rows))
        for row in rows:
            is_check = bool(row.done_at)
            while seconds and not (row.checked_at if is_check else row.done_at):
                count = row._contained_batch()
                if count is None:
                    self._trigger(fields.Datetime.now() + RETRY)
                    seconds = cron._commit_progress(remaining=0)
                    break
                seconds = cron._commit_progress(count)

    def _join_waiting(self):
        """The rows to do: the latest one of a company takes over from those before it."""
        latest = self.browse()
        waiting = self.search([("done_at", "=", False)], order="id desc")
        for rows in waiting.grouped("company_id").values():
            first, *others = rows
            for other in others:
                first._add_reason(other.reason)
                other.done_at = other.checked_at = fields.Datetime.now()
            latest |= first
        return latest.sorted("id")

    def _to_check(self):
        """The rows that are through for so long that no transaction is open since before."""
        ended = fields.Datetime.now() - LONGEST_TRANSACTION
        return self.search([("done_at", "<=", ended), ("checked_at", "=", False)], order="id")

    def _domain_left(self):
        """The cases that are still to be counted again."""
        domain = self._domain_of(self.company_id, self.last_case)
        if self.done_at:
            domain.append(("write_date", ">=", self.requested_at - LONGEST_TRANSACTION))
        return domain

    def _count_left(self):
        cases = self.env["atencion.case"].with_context(active_test=False)
        return cases.search_count(self._domain_left())

    def _contained_batch(self):
        """Do a batch; None if other transactions hold some of it, which a later run repeats."""
        try:
            with mute_logger("odoo.sql_db"):
                count = self._do_batch()
                self.env.flush_all()
                return count
        except psycopg2.OperationalError as error:
            self.env.cr.rollback()
            _logger.info("Deadlines: a batch is left for a later run: %s", error)
            return None

    def _do_batch(self):
        """Count the next cases again.

        :return: how many; None if another transaction has locked some of them
        :rtype: int | None
        """
        self.ensure_one()
        cases = self.env["atencion.case"].with_context(active_test=False)
        cases = cases.search(self._domain_left(), order="id", limit=BATCH)
        locked = cases.try_lock_for_update(allow_referencing=True)
        text = self.env._("%(reason)s (%(user)s)", reason=self.reason, user=self.user_id.name)
        moved, proposed = locked._follow_calendar(text)
        self.moved_count += moved
        self.proposed_count += proposed
        left = cases - locked
        if left:
            self.last_case = left[0].id - 1
            return None
        if cases:
            self.last_case = cases[-1].id
        if len(cases) < BATCH:
            self._finish()
        return len(cases)

    def _finish(self):
        now = fields.Datetime.now()
        if self.done_at:
            self.checked_at = now
            return
        self.done_at, self.last_case = now, 0
        self._trigger(now + LONGEST_TRANSACTION)
        self.flush_recordset()
        self.env.registry.clear_cache()
