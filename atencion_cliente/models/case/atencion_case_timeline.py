from odoo import api, fields, models
from odoo.tools import is_html_empty

from ...tools import timeline
from ..base.moment_text import moment_text


class AtencionCaseTimeline(models.Model):
    """The ledger of a case for its readers: who had it, since when, and for how long."""

    _inherit = "atencion.case"

    timeline = fields.Html(
        compute="_compute_timeline",
        sanitize=False,  # a template of ours, which escapes what people wrote
        groups="base.group_user",
    )
    previous_stage_id = fields.Many2one(
        "atencion.case.stage",
        string="Previous state",
        compute="_compute_previous_stage_id",
        groups="base.group_user",
        help="The state from which the case came to the one that it is in.",
    )

    def web_read(self, specification):
        if "timeline" in specification and len(self) == 1 and self._origin.id:
            self._origin.check_access("read")
            self._fetch_ledger()
        return super().web_read(specification)

    def _people_shown(self, names):
        shown = super()._people_shown(names)
        if "timeline" in names:
            # In whose zone its moments are.
            users = self.env.user | self.history_ids.user_id | self.history_ids.registered_by_id
            shown["res.users"] |= users
        return shown

    def _settings_shown(self, names):
        shown = super()._settings_shown(names)
        if "timeline" in names:
            shown += [self.history_ids.stage_id, self.history_ids.area_id]
        return shown

    def _fetch_ledger(self):
        """Read the ledger with one statement, where its list and then its rows take two."""
        # sudo: whoever reads a case reads the states that it was in.
        entries = self.env["atencion.case.history"].sudo()
        found = entries.search_fetch([("case_id", "=", self._origin.id)])
        self._fields["history_ids"]._insert_cache(self, [found._ids])

    @api.depends("history_ids", "stage_id")
    def _compute_previous_stage_id(self):
        # sudo: whoever reads a case reads the states that it was in.
        for case in self.sudo():
            others = case.history_ids.filtered(
                lambda entry, case=case: entry.stage_id != case.stage_id
            )
            latest = others.sorted(lambda entry: (entry.entered_at, entry.id))[-1:]
            case.previous_stage_id = latest.stage_id

    @api.depends("history_ids", "received_at")
    @api.depends_context("lang", "tz", "uid")
    def _compute_timeline(self):
        """sudo: readers of the case see the names of other users and of rules."""
        self._origin.check_access("read")
        for case in self:
            saved = case._origin.sudo()
            case.timeline = bool(saved) and self.env["ir.qweb"]._render(
                "atencion_cliente.case_timeline",
                saved._timeline_values(fields.Datetime.now()),
            )

    def _timeline_values(self, now):
        """What the timeline shows: ledger entries, the latest first, and totals.

        :param datetime.datetime now: UTC; the open entry lasts until then
        """
        self.ensure_one()
        rows = self.history_ids.sorted(lambda row: (row.entered_at, row.id))
        entries = [row._as_timeline() for row in rows]
        paused = timeline.paused_time(entries, now)
        return {
            "entries": [
                self._timeline_entry(row, entry, now)
                for row, entry in zip(reversed(rows), reversed(entries), strict=True)
            ],
            "groups": [
                {
                    "title": self.env._("Time in each state"),
                    "totals": self._timeline_totals(entries, lambda entry: entry.stage, now),
                },
                {
                    "title": self.env._("Who had the case"),
                    "totals": self._timeline_totals(entries, lambda entry: entry.area, now),
                },
            ],
            "paused": paused and self._timeline_duration(paused),
        }

    def _timeline_entry(self, row, entry, now):
        return {
            "stage": row.stage_id.name,
            "area": row.area_id.name,
            "user": row.user_id.name,
            "rule": row.rule_id.name,
            "registered_by": row.registered_by_id.name,
            "registered": row.registered_at and self._timeline_moment(row.registered_at),
            "begin": self._timeline_moment(row.began_at),
            "end": row.left_at and self._timeline_moment(row.left_at),
            "time": not row.closed and self._timeline_duration(entry.lasts(now)),
            "note": row.note,
            "resolution": not is_html_empty(row.resolution) and row.resolution,
            "response": not is_html_empty(row.response) and row.response,
            "forced": row.forced,
            "paused": row.paused,
        }

    def _timeline_totals(self, entries, key, now):
        return [
            {
                "name": total.key.name,
                "time": self._timeline_duration(total.time),
                "percent": round(total.share * 100),
            }
            for total in timeline.totals(entries, key, now)
        ]

    def _timeline_moment(self, moment):
        """A moment in the user's zone, else in the company's."""
        zone = self.env.user.tz or str(self.company_id._zone())
        return moment_text(self.env, moment, zone)

    def _timeline_duration(self, time):
        """A duration in words.

        :param datetime.timedelta time:
        """
        words = {
            "days": (self.env._("1 day"), self.env._("%s days")),
            "hours": (self.env._("1 hour"), self.env._("%s hours")),
            "minutes": (self.env._("1 minute"), self.env._("%s minutes")),
        }
        parts = [
            words[name][0] if count == 1 else words[name][1] % count
            for name, count in timeline.two_units(time)
        ]
        return " ".join(parts) or self.env._("less than a minute")
