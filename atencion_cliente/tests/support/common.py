from datetime import date, timedelta

from odoo import Command, fields
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import SQL

# Peru's days off that the worked examples need (reference: domain, section 2.2).
PERU_DAYS_OFF = (
    "2025-01-01",
    "2026-07-23",
    "2026-07-28",
    "2026-07-29",
    "2026-08-06",
    "2026-10-08",
    "2026-12-08",
    "2026-12-09",
    "2026-12-25",
    "2027-01-01",
)
# How a new case, which starts in PRO, gets to each state.
PATHS = {
    "PRO": (),
    "WRC": ("WRC",),
    "RIT": ("WRC", "RIT"),
    "WCE": ("WCE",),
    "TRA": ("TRA",),
    "REA": ("REJ", "REA"),
    "CLO": ("CLO",),
    "REJ": ("REJ",),
}
NOTE = "The customer called"


class AtencionCommon(TransactionCase):
    """Two companies, their people and their property.

    ::

        Lima (Peru, America/Lima)                 Santiago (Chile, America/Santiago)
          Repairs: manager area_user                Service: member agent_chile
            members agent, agent2                   supervisor, manager: both companies
          Deeds: member deeds_agent
          supervisor, manager: no area              contracts: CT-9, held by stranger
          legal_adviser: no area, a plain user

        project Gardens ▸ tower A ▸ flats A-101, A-102, parking E-01, common area
        contract CT-1: A-101, held by holder 60 % and coholder 40 %
        contract CT-2: A-102 and E-01, held by holder
        portal users: customer (contact of holder's own), coholder's, stranger's
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The tests read texts in English, whatever the database speaks.
        cls.env["res.lang"]._activate_lang("en_US")
        cls._create_companies()
        cls._create_users()
        cls._create_areas()
        cls._create_types()
        cls._create_partners()
        cls._create_property()
        cls.stages = {stage.code: stage for stage in cls.env["atencion.case.stage"].search([])}
        cls.env.flush_all()

    def begin_anew(self):
        """Read as a later request does, for which every change of settings is an earlier one."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.registry.cache_invalidated.clear()

    def change_later(self, record, vals):
        """Change a record as in a later transaction: all of a test is one."""
        self.env.flush_all()
        now = self.env.cr.now()
        self.env.cr._now = now + timedelta(minutes=1)
        record.write(vals)
        self.env.flush_all()
        self.env.cr._now = now

    @classmethod
    def _create_companies(cls):
        cls.lima, cls.santiago = cls.env["res.company"].create(
            [
                {
                    "name": f"{name} Homes",
                    "country_id": cls.env.ref(f"base.{country}").id,
                    # Without an address, each mail to a customer is noted on its case.
                    "email": f"desk@{name.lower()}-homes.test",
                }
                for name, country in (("Lima", "pe"), ("Santiago", "cl"))
            ]
        )
        # Partners speak the language of the database, whichever that is.
        (cls.lima | cls.santiago).partner_id.lang = "en_US"
        cls.lima.resource_calendar_id.tz = "America/Lima"
        cls.santiago.resource_calendar_id.tz = "America/Santiago"
        companies = (cls.lima | cls.santiago).ids
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=companies, lang="en_US")
        )
        cls.lima, cls.santiago = (company.with_env(cls.env) for company in (cls.lima, cls.santiago))
        cls.add_days_off(cls.lima, *PERU_DAYS_OFF)

    @classmethod
    def add_days_off(cls, company, *days):
        """Holidays of a company: Odoo takes it from the environment."""
        starts = [company._start_of(fields.Date.to_date(day)) for day in days]
        holidays = (
            cls.env["resource.calendar.leaves"]
            .with_company(company)
            .create(
                [
                    {
                        "name": "Holiday",
                        "date_from": start,
                        "date_to": fields.Datetime.add(start, days=1, seconds=-1),
                    }
                    for start in starts
                ]
            )
        )
        holidays.flush_recordset()
        return holidays

    @classmethod
    def _create_user(cls, login, group, companies, **vals):
        """A user of a group of ours, or of Odoo if it is named with its module."""
        return new_test_user(
            cls.env,
            f"test_{login}",  # the demo has a supervisor too
            groups=group if "." in group else f"atencion_cliente.group_{group}",
            company_id=companies[0].id,
            company_ids=[Command.set(companies.ids)],
            lang="en_US",
            # Invitations are none of these tests, and slow.
            context={"no_reset_password": True},
            **vals,
        )

    @classmethod
    def _create_users(cls):
        user = cls._create_user
        both = cls.lima | cls.santiago
        cls.agent = user("agent", "user", cls.lima)
        cls.agent2 = user("agent2", "user", cls.lima)
        cls.deeds_agent = user("deeds_agent", "user", cls.lima)
        cls.area_user = user("area_user", "area_user", cls.lima)
        cls.legal_adviser = user("legal_adviser", "user", cls.lima)
        cls.agent_chile = user("agent_chile", "user", cls.santiago)
        cls.supervisor = user("supervisor", "supervisor", both)
        # Who configures what companies share may act in all of them.
        cls.manager = user("manager", "manager", both | cls.env["res.company"].search([]))
        cls.outsider = user("outsider", "base.group_user", cls.lima)
        cls.public = user("public_person", "base.group_public", cls.lima)
        cls.customer = user("customer", "base.group_portal", cls.lima)
        cls.portal_holder = user("portal_holder", "base.group_portal", cls.lima)
        cls.portal_coholder = user("portal_coholder", "base.group_portal", cls.lima)
        cls.portal_stranger = user("portal_stranger", "base.group_portal", cls.lima)

    @classmethod
    def _create_areas(cls):
        cls.repairs, cls.deeds, cls.service_chile = cls.env["atencion.area"].create(
            [
                {
                    "name": "Repairs",
                    "company_id": cls.lima.id,
                    "manager_id": cls.area_user.id,
                    "member_ids": [Command.set((cls.agent | cls.agent2).ids)],
                },
                {
                    "name": "Deeds",
                    "company_id": cls.lima.id,
                    "member_ids": [Command.set(cls.deeds_agent.ids)],
                },
                {
                    "name": "Service",
                    "company_id": cls.santiago.id,
                    "member_ids": [Command.set(cls.agent_chile.ids)],
                },
            ]
        )

    @classmethod
    def _create_types(cls):
        def case_type(name, area=None, **vals):
            return cls.env["atencion.case.type"].create(
                {
                    "name": name,
                    "area_id": (area or cls.repairs).id,
                    "company_id": (area or cls.repairs).company_id.id,
                }
                | vals
            )

        cls.type_two_days = case_type("Leak", max_days=2)
        cls.type_no_limit = case_type("Question", has_limit=False)
        cls.type_working = case_type("Review", max_days=2, count_mode="working")
        cls.type_claim = case_type("Claim", form="claim", max_days=15, count_mode="working")
        cls.type_documents = case_type(
            "Change of holder",
            max_days=20,
            form="request",
            requirement_ids=[
                Command.create({"name": "Identity card"}),
                Command.create({"name": "Photographs", "mandatory": False}),
            ],
        )
        cls.type_chile = case_type("Leak", area=cls.service_chile, max_days=2)
        cls.type_chile_working = case_type(
            "Review", area=cls.service_chile, max_days=2, count_mode="working"
        )

    @classmethod
    def _create_partners(cls):
        peru = cls.env.ref("base.pe").id
        cls.holder, cls.coholder, cls.stranger = (
            user.partner_id
            for user in (cls.portal_holder, cls.portal_coholder, cls.portal_stranger)
        )
        for partner, name, number in (
            (cls.holder, "Rosa Quispe", "70000101"),
            (cls.coholder, "Luis Paredes", "70000102"),
            (cls.stranger, "Jorge Salazar", "70000104"),
        ):
            # Where base_vat is installed, it takes every number for a company's.
            partner.with_context(no_vat_validation=True).write(
                {"name": name, "country_id": peru, "vat": number}
            )

    @classmethod
    def _create_property(cls):
        cls.promoter = cls.env["res.partner"].create({"name": "Gardens Promoter"})
        cls.project, cls.project_chile = cls.env["atencion.project"].create(
            [
                {"name": "Gardens", "company_id": cls.lima.id, "promoter_id": cls.promoter.id},
                {"name": "Andes", "company_id": cls.santiago.id},
            ]
        )
        cls.tower = cls.env["atencion.block"].create(
            {"name": "Tower A", "project_id": cls.project.id}
        )
        cls.flat, cls.flat2, cls.parking, cls.common_area = cls.env["atencion.unit"].create(
            [
                {"name": "Flat 101", "code": "A-101", "block_id": cls.tower.id},
                {"name": "Flat 102", "code": "A-102", "block_id": cls.tower.id},
                {
                    "name": "Parking",
                    "code": "E-01",
                    "project_id": cls.project.id,
                    "kind": "parking",
                },
                {"name": "Lobby", "code": "C-01", "project_id": cls.project.id, "kind": "common"},
            ]
        )
        cls.contract = cls._contract(
            "CT-1", cls.flat, {cls.holder: 60, cls.coholder: 40}, sale_date=date(2024, 1, 1)
        )
        cls.contract2 = cls._contract("CT-2", cls.flat2 | cls.parking, {cls.holder: 100})

    @classmethod
    def _contract(cls, name, units, shares, **vals):
        project = units.project_id or cls.project
        return cls.env["atencion.contract"].create(
            {
                "name": name,
                "company_id": project.company_id.id,
                "project_id": project.id,
                "unit_ids": [Command.set(units.ids)],
                "holder_ids": [
                    Command.create({"partner_id": partner.id, "share": share})
                    for partner, share in shares.items()
                ],
            }
            | vals
        )

    # -------------------------------------------------------------------------
    # Helpers
    # -------------------------------------------------------------------------

    @classmethod
    def on(cls, user, records):
        """The records as a user sees them, in his companies and with an empty cache."""
        cls.env.flush_all()
        cls.env.invalidate_all()
        return records.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    @classmethod
    def case_values(cls, **vals):
        """Values of a plain case of the first company, completed with ``vals``.

        The company itself asks: nothing is missing of a case without a customer.
        """
        values = {
            "subject": "Water under the sink",
            "type_id": cls.type_two_days.id,
            "requester_relation": "internal",
        }
        company = (
            cls.env["atencion.case.type"]
            .browse(vals.get("type_id") or values["type_id"])
            .company_id
        )
        return values | {"company_id": company.id} | vals

    @classmethod
    def create_case(cls, **vals):
        return cls.env["atencion.case"].create(cls.case_values(**vals))

    @classmethod
    def create_cases(cls, count, **vals):
        return cls.env["atencion.case"].create([cls.case_values(**vals)] * count)

    @classmethod
    def archive_in_use(cls, records):
        """Archive configuration as versions did that let it be archived while in use."""
        cls.env.flush_all()
        cls.env.cr.execute(
            SQL(
                "UPDATE %s SET active = FALSE WHERE id = ANY(%s)",
                SQL.identifier(records._table),
                records.ids,
            )
        )
        cls.env.invalidate_all()

    @classmethod
    def other_area(cls, case):
        """An area of the company that a case can be transferred to."""
        return cls.deeds if case.area_id == cls.repairs else cls.repairs

    @classmethod
    def move(cls, case, code, note=NOTE, **vals):
        """Change the state of a case as a client does: with ``write``."""
        vals = {"stage_id": cls.stages[code].id, "stage_note": note} | vals
        if code == "TRA":
            vals.setdefault("area_id", cls.other_area(case).id)
        case.write(vals)

    @classmethod
    def ready_case(cls, code="PRO", **vals):
        """A case in a state, with all that the conditions of any next move ask for.

        It has a resolution, and an optional document that is pending.
        """
        case = cls.create_case(
            resolution="<p>Seal changed</p>",
            document_ids=[Command.create({"name": "Photographs", "mandatory": False})],
            **vals,
        )
        for step in PATHS[code]:
            cls.move(case, step)
        if not case.resolution:
            # A reopened case asks for it anew.
            case.resolution = "<p>Seal changed again</p>"
        return case

    def ledger_entries(self, case):
        """The ledger of a case, the oldest interval first."""
        return self.env["atencion.case.history"].search(
            [("case_id", "=", case.id)], order="entered_at, id"
        )

    def assertContiguous(self, case):
        """The ledger of a case has neither hole nor overlap, and tells the case."""
        rows = self.ledger_entries(case)
        self.assertEqual(rows[0].began_at, case.received_at)
        self.assertEqual(rows.filtered("is_first"), rows[0])
        for before, after in zip(rows, rows[1:], strict=False):
            self.assertEqual(before.left_at, after.entered_at)
        self.assertFalse(rows[-1].left_at, "the last interval is open")
        self.assertEqual(len(rows.filtered(lambda row: not row.left_at)), 1)
        self.assertEqual(rows[-1].stage_id, case.stage_id)
        self.assertEqual(rows[-1].area_id, case.area_id)
