from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.case.stage_change import StageChange
from ..models.overview.atencion_case_overview import OF_AREAS
from .support.common import NOTE, AtencionCommon

# A Wednesday, at noon in Lima.
NOW = datetime(2026, 3, 11, 17)
MODEL = "atencion.case"
OVERVIEW = "atencion_cliente.atencion_case_action_overview"
LIST = "atencion_cliente.atencion_case_action"


class OverviewCase(AtencionCommon):
    """Cases of each kind, in both companies.

    ==========  ========  ===========  ==========  =====================
    case        area      assigned     deadline    besides
    ==========  ========  ===========  ==========  =====================
    late        Repairs   agent        4 March
    today       Repairs   agent        11 March    moved by hand
    free        Repairs                12 March
    waits       Repairs   agent2                   waits for documents
    secret      Repairs   supervisor   4 March     confidential
    deed        Deeds                  4 March
    excluded    Repairs   agent        4 March     no figure counts it
    chile       Service   agent_chile  4 March
    on_time     Repairs   agent        12 March    closed on Tuesday
    behind      Repairs   agent        4 March     closed on Monday
    earlier     Repairs   agent                    closed on Sunday
    before      Repairs   agent                    closed on Saturday
    ==========  ========  ===========  ==========  =====================
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        two_days, no_limit = cls.type_two_days.id, cls.type_no_limit.id
        cls.late = cls._case("2026-03-02", user_id=cls.agent.id)
        cls.today = cls._case("2026-03-09", user_id=cls.agent.id)
        cls.free = cls._case("2026-03-10")
        cls.waits = cls._case(
            "2026-03-11",
            user_id=cls.agent2.id,
            type_id=no_limit,
            document_ids=[Command.create({"name": "Plan", "mandatory": False})],
        )
        cls.secret = cls._case("2026-03-02", user_id=cls.supervisor.id, is_confidential=True)
        cls.deed = cls._case("2026-03-02", area_id=cls.deeds.id)
        cls.excluded = cls._case("2026-03-02", user_id=cls.agent.id, exclude_from_kpi=True)
        cls.chile = cls._case("2026-03-02", type_id=cls.type_chile.id, user_id=cls.agent_chile.id)
        cls.on_time = cls._closed("2026-03-10 15:00:00", "2026-03-10", two_days)
        # Monday began in Lima at five o'clock, UTC.
        cls.behind = cls._closed("2026-03-09 05:00:00", "2026-03-02", two_days)
        cls.earlier = cls._closed("2026-03-09 04:59:59", "2026-03-02", no_limit)
        # Sunday, too.
        cls.before = cls._closed("2026-03-08 04:59:59", "2026-03-02", no_limit)
        cls.env.ref("base.lang_en").week_start = "1"
        cls.move(cls.today, "WCE")
        cls.move(cls.waits, "WRC")
        (cls.late | cls.on_time)._write_checked({"customer_unread": True})
        cls.env.flush_all()

    @classmethod
    def _case(cls, day, **vals):
        return cls.create_case(request_date=day, **vals)

    @classmethod
    def _closed(cls, moment, day, type_id):
        with freeze_time(moment):
            case = cls._case(
                day, user_id=cls.agent.id, type_id=type_id, resolution="<p>Repaired</p>"
            )
            cls.move(case, "CLO")
        return case

    def overview(self, user, companies=None):
        cases = self.on(user, self.env[MODEL])
        if companies:
            cases = cases.with_context(allowed_company_ids=companies.ids)
        return cases.get_overview()

    def cards(self, user, companies=None):
        """The figures of each card without those that are zero, by the name of its area."""
        areas = self.overview(user, companies)["areas"]
        return {
            area["name"]: {name: count for name, count in area["figures"].items() if count}
            for area in areas
        }

    def listed(self, user, figure, area_id=False, companies=None):
        """The records that the list behind a figure shows."""
        cases = self.on(user, self.env[MODEL])
        if companies:
            cases = cases.with_context(allowed_company_ids=companies.ids)
        action = cases.action_open_overview(figure, area_id)
        self.assertEqual(action["context"], {})
        return cases.env[action["res_model"]].search(action["domain"])


@tagged("post_install", "-at_install")
class TestOverview(OverviewCase):
    """The figures of the page on which the application opens, by a table made by hand."""

    def test_supervisor_of_one_company(self):
        self.assertEqual(
            self.cards(self.supervisor, self.lima),
            {
                "All areas": {
                    "open": 6,
                    "new": 4,
                    "unassigned": 2,
                    "overdue": 3,
                    "due_today": 1,
                    "waiting": 1,
                    "mine": 1,
                },
                "Repairs": {
                    "open": 5,
                    "new": 3,
                    "unassigned": 1,
                    "overdue": 2,
                    "due_today": 1,
                    "waiting": 1,
                    "mine": 1,
                },
                "Deeds": {"open": 1, "new": 1, "unassigned": 1, "overdue": 1},
            },
        )

    def test_companies_of_the_switcher(self):
        cards = self.cards(self.supervisor)
        self.assertEqual(cards["All areas"]["open"], 7)
        self.assertEqual(cards["Service"], {"open": 1, "new": 1, "overdue": 1})
        self.assertEqual(
            [card["company"] for card in self.overview(self.supervisor)["areas"]],
            [False, "Lima Homes", "Lima Homes", "Santiago Homes"],
        )
        self.assertEqual(
            self.cards(self.supervisor, self.santiago),
            {"Service": {"open": 1, "new": 1, "overdue": 1}},
        )

    def test_agent_sees_what_their_rules_let_them_see(self):
        """Their own cases, and those that nobody has taken in their areas."""
        self.assertEqual(
            self.cards(self.agent),
            {
                "Repairs": {
                    "open": 3,
                    "new": 2,
                    "unassigned": 1,
                    "overdue": 1,
                    "due_today": 1,
                    "mine": 2,
                }
            },
        )

    def test_area_user_does_not_count_what_is_confidential(self):
        self.assertEqual(
            self.cards(self.area_user),
            {
                "Repairs": {
                    "open": 4,
                    "new": 2,
                    "unassigned": 1,
                    "overdue": 1,
                    "due_today": 1,
                    "waiting": 1,
                }
            },
        )

    def test_own_day_and_week(self):
        overview = self.overview(self.agent)
        self.assertEqual(
            overview["day"],
            {"own_overdue": 1, "own_due_today": 1, "own_unread": 2, "own_visits": 0},
        )
        self.assertEqual(overview["week"], {"own_closed": 2, "own_on_time": 1})

    def test_week_begins_on_the_day_of_the_language(self):
        language = self.env.ref("base.lang_en")
        since_monday, since_sunday = self.on_time | self.behind, self.earlier
        for day, expected in (
            ("1", since_monday),
            ("7", since_monday | since_sunday),
            ("6", since_monday | since_sunday | self.before),
            # Today.
            ("3", self.env[MODEL]),
        ):
            with self.subTest(day):
                language.week_start = day
                self.assertEqual(self.listed(self.agent, "own_closed"), expected)
                self.assertEqual(self.overview(self.agent)["week"]["own_closed"], len(expected))

    def test_own_areas_come_first(self):
        self.repairs.sequence, self.deeds.sequence = 1, 2
        self.supervisor.atencion_area_ids = self.deeds
        names = list(self.cards(self.supervisor, self.lima))
        self.assertEqual(names, ["All areas", "Deeds", "Repairs"])

    def test_own_area_without_cases_has_a_card(self):
        empty = self.env["atencion.area"].create(
            {
                "name": "Empty",
                "company_id": self.lima.id,
                "member_ids": [Command.set(self.agent.ids)],
            }
        )
        self.assertEqual(self.cards(self.agent)["Empty"], {})
        empty.active = False
        self.assertNotIn("Empty", self.cards(self.agent))

    def test_each_click_lists_what_was_counted(self):
        for user in (self.supervisor, self.agent, self.area_user, self.agent_chile):
            overview = self.overview(user)
            for card in overview["areas"]:
                self.assertEqual(tuple(card["figures"]), OF_AREAS)
                for figure, count in card["figures"].items():
                    with self.subTest(user=user.login, area=card["name"], figure=figure):
                        self.assertEqual(len(self.listed(user, figure, card["id"])), count)
            for figure, count in (overview["day"] | overview["week"]).items():
                with self.subTest(user=user.login, figure=figure):
                    self.assertEqual(len(self.listed(user, figure)), count)

    def test_which_cases_are_listed(self):
        area = self.repairs.id
        self.assertEqual(self.listed(self.agent, "new", area), self.late | self.free)
        self.assertEqual(self.listed(self.agent, "own_unread"), self.late | self.on_time)
        self.assertEqual(self.listed(self.agent, "own_closed"), self.on_time | self.behind)
        self.assertEqual(self.listed(self.agent, "own_on_time"), self.on_time)
        self.assertEqual(self.listed(self.supervisor, "waiting"), self.waits)

    def test_list_is_called_after_figure_and_area(self):
        cases = self.on(self.supervisor, self.env[MODEL])
        self.assertEqual(cases.action_open_overview("overdue")["name"], "Overdue")
        action = cases.action_open_overview("overdue", self.deeds.id)
        self.assertEqual(action["name"], "Deeds: Overdue")

    def test_a_rule_that_moves_a_case_leaves_it_new(self):
        """Nobody has worked on it, although its state is another one."""
        rule = self.env["atencion.escalation.rule"].create(
            {
                "name": "Third party",
                "company_id": self.lima.id,
                "hours": 1,
                "new_stage_id": self.stages["WCE"].id,
            }
        )
        change = StageChange(self.stages["WCE"], NOTE, rule=rule)
        self.deed._apply_stage_change(change)
        self.assertEqual(self.deed.stage_code, "WCE")
        self.assertEqual(self.cards(self.supervisor)["Deeds"]["new"], 1)
        self.move(self.deed, "PRO")
        self.assertNotIn("new", self.cards(self.supervisor)["Deeds"])


@tagged("post_install", "-at_install")
class TestOverviewVisits(OverviewCase):
    def _event(self, start, case=None, guests=None, **vals):
        start = fields.Datetime.to_datetime(start)
        guests = self.agent.partner_id if guests is None else guests
        return self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": start,
                "stop": start + timedelta(hours=1),
                "res_model_id": self.env["ir.model"]._get_id(MODEL),
                "res_id": (case or self.late).id,
                "partner_ids": [Command.set(guests.ids)],
                "user_id": self.supervisor.id,
            }
            | vals
        )

    def test_visits_of_today_where_the_company_is(self):
        first = self._event("2026-03-11 05:00:00")
        last = self._event("2026-03-12 04:30:00")
        night = self._event("2026-03-11 04:30:00")
        self._event("2026-03-11 03:00:00")
        self._event("2026-03-12 05:00:00")
        self.assertEqual(self.overview(self.agent)["day"]["own_visits"], 3)
        self.assertEqual(self.listed(self.agent, "own_visits"), first | last | night)

    def test_visits_of_others_and_of_nothing(self):
        self._event("2026-03-11 15:00:00", guests=self.agent2.partner_id)
        self._event("2026-03-11 15:00:00", res_id=False, res_model_id=False)
        declined = self._event("2026-03-11 15:00:00")
        declined.attendee_ids.state = "declined"
        self._event("2026-03-11 15:00:00", case=self.deed)
        self.assertEqual(self.overview(self.agent)["day"]["own_visits"], 0)
        self.assertFalse(self.listed(self.agent, "own_visits"))

    def test_visit_of_a_company_that_is_not_chosen(self):
        self._event("2026-03-11 15:00:00", case=self.chile, guests=self.supervisor.partner_id)
        day = self.overview(self.supervisor, self.santiago)["day"]
        self.assertEqual(day["own_visits"], 1)
        self.assertEqual(self.overview(self.supervisor, self.lima)["day"]["own_visits"], 0)


@tagged("post_install", "-at_install")
class TestOverviewRights(OverviewCase):
    def test_auditor_reads_the_cards_and_has_no_own_day(self):
        auditor = self._create_user("auditor", "auditor", self.lima)
        overview = self.overview(auditor)
        self.assertEqual((overview["day"], overview["week"]), ({}, {}))
        self.assertEqual(self.cards(auditor)["All areas"]["open"], 6)
        self.assertEqual(len(self.listed(auditor, "overdue")), 3)

    def test_customers_and_others_are_refused(self):
        for user in (self.portal_holder, self.public, self.outsider):
            cases = self.on(user, self.env[MODEL])
            for call in (cases.get_overview, lambda c=cases: c.action_open_overview("overdue")):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    call()

    def test_area_of_another_company_is_refused(self):
        cases = self.on(self.agent, self.env[MODEL])
        with self.assertRaises(AccessError):
            cases.action_open_overview("overdue", self.service_chile.id)

    def test_figure_that_does_not_exist(self):
        with self.assertRaises(UserError):
            self.on(self.agent, self.env[MODEL]).action_open_overview("__class__")

    def test_user_chooses_where_the_application_opens(self):
        root = self.env.ref("atencion_cliente.atencion_cliente_menu_root")
        auditor = self._create_user("auditor", "auditor", self.lima)
        for user in (self.agent, auditor):
            start = self.on(user, root.action)
            self.assertEqual(start.run()["xml_id"], OVERVIEW)
            itself = user.with_user(user)
            itself.atencion_start = "list"
            self.assertEqual(self.on(user, root.action).run()["xml_id"], LIST)
            self.assertEqual(itself.read(["atencion_start"])[0]["atencion_start"], "list")
        with self.assertRaises(AccessError):
            self.agent.with_user(self.agent2).atencion_start = "overview"
        self.assertEqual(self.agent.atencion_start, "list")
