from freezegun import freeze_time

from odoo.tests import tagged

from .support.hours import HoursCommon

MODEL = "atencion.case"
MORNING, AFTERNOON = "2025-06-04 13:00:00", "2025-06-04 19:00:00"


@tagged("post_install", "-at_install")
class TestDueOrder(HoursCommon):
    """What is due at 10:00 comes before what is due at 16:00 of the same day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The later one was registered first.
        cls.later, cls.sooner = cls.gas_case(AFTERNOON), cls.gas_case(MORNING)
        with freeze_time(MORNING):
            cls.same_day = cls.ready_case(type_id=cls.type_two_days.id)
            cls.same_day.type_id = cls.type_two_days.copy({"name": "Today", "max_days": 0})
            cls.never = cls.create_case(type_id=cls.type_no_limit.id)
        cls.cases = cls.later | cls.sooner | cls.same_day | cls.never

    def found(self, order, size=None):
        """The cases in an order, read in pages of a size or all at once."""
        model, inside = self.env[MODEL], [("id", "in", self.cases.ids)]
        if not size:
            return model.search(inside, order=order)
        starts = range(0, len(self.cases), size)
        return model.concat(*(model.search(inside, start, size, order) for start in starts))

    def test_deadlines_of_a_day_by_their_hour(self):
        self.assertEqual(len(set((self.cases - self.never).mapped("deadline_date"))), 1)
        rising = [self.sooner.id, self.later.id, self.same_day.id, self.never.id]
        self.assertEqual(self.found("deadline_date, id").ids, rising)
        self.assertEqual(self.found("deadline_date desc, id").ids, rising[::-1])
        groups = self.env[MODEL].web_read_group(
            [("id", "in", self.cases.ids)],
            ["stage_id"],
            ["__count"],
            auto_unfold=True,
            unfold_read_specification={"name": {}},
            unfold_read_default_limit=3,
            order="deadline_date, id",
        )["groups"]
        shown = [row["id"] for group in groups for row in group.get("__records", ())]
        self.assertEqual(shown, rising[:3])

    def test_delays_of_a_day_by_their_hours(self):
        with freeze_time("2025-06-05 00:30:00"):
            self.env.invalidate_all()
            self.assertEqual([case.delay_hours for case in self.cases], [3, 9, 0, 0])
            self.assertEqual(set(self.cases.mapped("delay_days")), {0})
            for name in ("delay_days", "delay_hours"):
                for size in (None, 1, 3):
                    falling = self.found(f"{name} desc, id", size).ids
                    self.assertEqual(falling[:2], [self.sooner.id, self.later.id], (name, size))
                    rising = self.found(f"{name}, id", size).ids
                    self.assertEqual(rising[2:], [self.later.id, self.sooner.id], (name, size))

    def test_what_was_answered_late_on_its_day(self):
        with freeze_time("2025-06-04 23:30:00"):
            self.move(self.sooner, "CLO")
        with freeze_time("2025-06-05 00:30:00"):
            self.env.invalidate_all()
            falling = self.found("delay_days desc, id", 1)
            self.assertEqual(falling[:2].ids, [self.sooner.id, self.later.id])
            late = [("id", "in", self.cases.ids), ("delay_hours", ">", 0)]
            self.assertEqual(self.env[MODEL].search(late), self.sooner | self.later)
            self.assertEqual(self.cases.filtered_domain(late), self.later | self.sooner)
