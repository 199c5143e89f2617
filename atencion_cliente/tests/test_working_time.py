from datetime import datetime

from .support.common import AtencionCommon


class TestWorkingTime(AtencionCommon):
    """What was computed from working time is forgotten when it changes, and only then."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.lima.resource_calendar_id
        cls.of_area = cls.own.copy({"name": "Repairs, mornings"})
        cls.repairs.resource_calendar_id = cls.of_area
        cls.other = cls.own.copy({"name": "Night watch"})
        cls.employee = cls.env["resource.resource"].create(
            {"name": "Ana", "calendar_id": cls.own.id, "company_id": cls.lima.id}
        )
        cls.rule = cls.env["atencion.escalation.rule"].create(
            {
                "name": "Old",
                "company_id": cls.lima.id,
                "hours": 24,
                "notify_alert": True,
                "role_id": cls.env["res.role"].create({"name": "Chiefs"}).id,
            }
        )

    def leaves(self, count=1, **vals):
        day = {"date_from": datetime(2026, 11, 3, 5), "date_to": datetime(2026, 11, 4, 5)}
        return (
            self.env["resource.calendar.leaves"]
            .with_company(self.lima)
            .create([{"name": "Day off", **day, **vals}] * count)
        )

    def assertForgets(self, forgets, function):
        """Whether what a function writes empties the caches and lets all rules be searched."""
        self.rule._write_checked({"searched_at": datetime(2026, 11, 1)})
        self.env.flush_all()
        self.lima._zone_names()
        result = function()
        self.env.flush_all()
        self.assertEqual(not self.rule.searched_at, forgets)
        before = self.env.cr.sql_log_count
        self.lima._zone_names()
        self.assertEqual(self.env.cr.sql_log_count > before, forgets)
        return result

    def test_leave_of_a_person(self):
        leave = self.assertForgets(False, lambda: self.leaves(resource_id=self.employee.id))
        self.assertEqual(leave.calendar_id, self.own, "Odoo takes the calendar of the person")
        self.assertForgets(False, lambda: leave.write({"date_to": datetime(2026, 11, 5, 5)}))
        self.assertForgets(False, leave.unlink)

    # pylint: disable-next=missing-return
    def test_many_leaves_of_persons_cost_nothing_of_ours(self):
        values = {
            "name": "Day off",
            "date_from": datetime(2026, 11, 3, 5),
            "date_to": datetime(2026, 11, 4, 5),
            "resource_id": self.employee.id,
        }
        leaves = self.env["resource.calendar.leaves"].with_company(self.lima)
        ours = next(part for part in type(leaves).__mro__ if part.__name__ == "AtencionWorkingTime")
        without_us = super(ours, leaves).create
        costs = []
        for create in (leaves.create, without_us, leaves.create, without_us):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            create([values] * 200)
            self.env.flush_all()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(costs[2], costs[3])

    def test_holiday_of_a_calendar_in_service(self):
        for calendar in (self.own, self.of_area):
            with self.subTest(calendar.name):
                leave = self.assertForgets(
                    True, lambda cal=calendar: self.leaves(calendar_id=cal.id)
                )
                self.assertForgets(True, lambda day=leave: day.write({"time_type": "other"}))
                self.assertForgets(True, leave.unlink)

    def test_holiday_of_every_calendar(self):
        leave = self.assertForgets(True, self.leaves)
        self.assertFalse(leave.calendar_id)
        self.assertForgets(True, leave.unlink)

    def test_holiday_of_another_calendar(self):
        leave = self.assertForgets(False, lambda: self.leaves(calendar_id=self.other.id))
        self.assertForgets(True, lambda: leave.write({"calendar_id": self.own.id}))
        self.assertForgets(True, lambda: leave.write({"calendar_id": self.other.id}))
        self.assertForgets(True, lambda: leave.write({"calendar_id": False}))
        self.assertForgets(True, lambda: leave.write({"resource_id": self.employee.id}))
        self.assertForgets(True, lambda: leave.write({"resource_id": False}))

    def test_one_leave_of_several(self):
        both = self.leaves(resource_id=self.employee.id) | self.leaves(calendar_id=self.own.id)
        self.assertForgets(True, lambda: both.write({"date_to": datetime(2026, 11, 5, 5)}))

    def test_hours_of_calendars(self):
        self.assertForgets(True, self.own.attendance_ids[0].unlink)
        self.assertForgets(True, lambda: self.of_area.attendance_ids[0].write({"hour_from": 9}))
        self.assertForgets(False, self.other.attendance_ids[0].unlink)
        self.assertForgets(True, lambda: self.own.write({"tz": "America/Bogota"}))
        self.assertForgets(False, lambda: self.other.write({"tz": "America/Bogota"}))
        self.assertForgets(True, lambda: self.repairs.write({"resource_calendar_id": False}))
        self.assertForgets(False, lambda: self.of_area.write({"tz": "America/Bogota"}))
