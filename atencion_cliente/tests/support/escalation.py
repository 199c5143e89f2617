from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields

from ...tools.escalation import RUNNING, Rule, hours_on_clock
from .common import AtencionCommon

# Monday morning in Lima: the start of the worked examples (reference: domain, section 5).
START = datetime(2025, 3, 3, 13)


class EscalationCommon(AtencionCommon):
    """Rules of Lima, applied by the real scheduled action at moments of frozen time.

    ana and luis read their notifications in Odoo; the role ``team`` is both, the role
    ``luis_role`` is luis.
    """

    @classmethod
    def setUpClass(cls):
        with freeze_time(START):
            super().setUpClass()
        cls.ana, cls.luis = cls.area_user, cls.supervisor
        (cls.ana | cls.luis).notification_type = "inbox"
        cls.team, cls.ana_role, cls.luis_role, cls.nobody_role = cls.env["res.role"].create(
            [
                {"name": "Team", "user_ids": (cls.ana | cls.luis).ids},
                {"name": "Ana", "user_ids": cls.ana.ids},
                {"name": "Luis", "user_ids": cls.luis.ids},
                {"name": "Nobody"},
            ]
        )
        cls.escalation_cron = cls.env.ref("atencion_cliente.ir_cron_escalate")
        # The demo, or a database that is tried out, has rules of its own.
        cls.env["atencion.escalation.rule"].search([]).active = False

    @classmethod
    def rule(cls, **vals):
        """A rule of Lima that alerts ana after 24 hours, changed by ``vals``.

        Its state and new state may be given by their codes.
        """
        values = {"name": f"Rule {len(vals)}", "company_id": cls.lima.id, "hours": 24} | vals
        for name in ("stage_id", "new_stage_id"):
            if isinstance(values.get(name), str):
                values[name] = cls.stages[values[name]].id
        if not values.keys() & {"role_id", "new_stage_id"}:
            values |= {"role_id": cls.ana_role.id, "notify_alert": True}
        return cls.env["atencion.escalation.rule"].create(values)

    @classmethod
    def case_at_start(cls, code="PRO", **vals):
        """A case received at the start, in a state that it entered then."""
        with freeze_time(START):
            case = cls.ready_case(code, received_at=START, **vals)
            cls.env.flush_all()
        return case

    def run_after(self, hours):
        """Run the scheduled action so many hours after the start."""
        with freeze_time(START + timedelta(hours=hours)):
            self.run_now()

    def run_now(self):
        """Run the scheduled action, as its scheduler does."""
        self.env.flush_all()
        self.env.cr.flush()
        with self.enter_registry_test_mode():
            self.escalation_cron.method_direct_trigger()
        self.env.invalidate_all()

    def after(self, hours):
        """The time of what a test does so many hours after the start."""
        return freeze_time(START + timedelta(hours=hours))

    def fired(self, case):
        """The rules that fired on a case, the oldest first."""
        return case.escalation_log_ids.sorted("id").rule_id

    def alerts(self, user, case):
        """Notices of a case in the inbox of a user."""
        return self.env["mail.notification"].search(
            [
                ("res_partner_id", "=", user.partner_id.id),
                ("notification_type", "=", "inbox"),
                ("mail_message_id.model", "=", case._name),
                ("mail_message_id.res_id", "=", case.id),
            ]
        )

    def tasks(self, user, case):
        """Open tasks of a user on a case."""
        return case.activity_ids.filtered(lambda task: task.user_id == user)

    def mails(self, user, case):
        """E-mails to a user about a case, sent or in the queue."""
        return self.env["mail.mail"].search(
            [
                ("recipient_ids", "in", user.partner_id.ids),
                ("model", "=", case._name),
                ("res_id", "=", case.id),
            ]
        )

    def hours_in_ledger(self, case, working=False):
        """Hours that a case has consumed until now, by its ledger alone."""
        now = fields.Datetime.now()
        working_hours = case._working_hours()
        consumed = 0
        for row in self.ledger_entries(case).filtered(lambda row: not row.paused):
            start, end = max(row.began_at, case.open_since), row.left_at or now
            natural = max((end - start).total_seconds() / 3600, 0)
            consumed += working_hours.between(start, end) if working else natural
        return consumed

    def assertClocks(self, case, natural=None, working=None):
        """The clocks without pauses agree with the ledger of the case, and have these hours."""
        for kind, expected in (("natural", natural), ("working", working)):
            rule = Rule(0, 0, basis=RUNNING, working=kind == "working")
            hours = hours_on_clock(
                rule, case._escalation_clock(), fields.Datetime.now(), case._working_hours()
            )
            self.assertAlmostEqual(hours, self.hours_in_ledger(case, rule.working), 6, kind)
            if expected is not None:
                self.assertAlmostEqual(hours, expected, 6, kind)
