from freezegun import freeze_time

from . import hour_table
from .recalculation import RecalculationCommon


class HoursCommon(RecalculationCommon):
    """Types with a limit in hours, and the holidays of the truth table."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for company in cls.lima | cls.santiago:
            zone = company.resource_calendar_id.tz
            cls.add_days_off(company, *hour_table.HOLIDAYS[zone])
        cls.type_gas = cls.hours_type(2)

    @classmethod
    def hours_type(cls, hours, mode="calendar", zone=hour_table.LIMA):
        model = cls.type_two_days if zone == hour_table.LIMA else cls.type_chile
        values = {"limit_unit": "hours", "max_hours": hours, "count_mode": mode}
        return model.copy(values | {"name": f"Gas {hours} h"})

    @classmethod
    def gas_case(cls, moment="2025-06-04 14:00:00", **vals):
        """A case of two hours, of Wednesday at 9:00 in Lima."""
        with freeze_time(moment):
            return cls.ready_case(type_id=cls.type_gas.id, **vals)

    def assertDue(self, case, moment, unit="hours"):
        self.assertEqual(
            (str(case.deadline_at or ""), case.deadline_unit or ""), (moment, moment and unit)
        )
        company = case.company_id
        day = case.deadline_at and company._day_of(case.deadline_at)
        self.assertEqual(case.deadline_date, day)
