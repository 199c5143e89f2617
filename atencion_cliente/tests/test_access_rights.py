from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .support.common import NOTE, AtencionCommon

# Who sees, and so changes, which case. Columns: the agent's own, a colleague's, the
# area's unassigned, another area's, another area's that the agent follows,
# confidential unassigned, confidential of the agent, confidential with the legal
# adviser, of the other company.
KINDS = "own others unassigned elsewhere followed secret own_secret legal chile".split()
SEEN = {
    "agent":         "x . x . x . x . .",
    "agent2":        ". x x . . . . . .",
    "deeds_agent":   ". . . x x . . . .",
    "area_user":     "x x x . . . . . .",
    "legal_adviser": ". . . . . . . x .",
    "agent_chile":   ". . . . . . . . x",
    "supervisor":    "x x x x x x x x x",
    "manager":       "x x x x x x x x x",
    "outsider":      ". . . . . . . . .",
    "public":        ". . . . . . . . .",
}  # fmt: skip
STAFF = ("agent", "agent2", "deeds_agent", "area_user", "legal_adviser", "agent_chile")
# What each role may do with the records of a model: read, write, create, unlink.
RIGHTS = {
    #                                   user  area_user supervisor manager outsider portal
    "atencion.call":                    ("rc", "rc",    "rc",      "rc",   "",      ""),
    "atencion.case.access":             ("", "",        "r",       "r",    "",      ""),
    "atencion.case.correction":         ("r", "r",      "r",       "r",    "",      ""),
    "atencion.case.reception.correction": ("", "",      "rwc",     "rwc",  "",      ""),
    "atencion.archiving":               ("", "",        "",        "rwc",  "",      ""),
    "atencion.deadline.change":         ("", "",        "rwc",     "rwc",  "",      ""),
    "atencion.recalculation":           ("", "",        "",        "r",    "",      ""),
    "atencion.setting.change":          ("", "",        "",        "r",    "",      ""),
    "atencion.case.writer":             ("r", "r",      "r",       "r",    "",      ""),
    "atencion.incoming.mail":           ("", "",        "r",       "r",    "",      ""),
    "atencion.incoming.mail.dismissal": ("", "",        "",        "rwc",  "",      ""),
    "atencion.incoming.mail.filing":    ("", "",        "",        "rwc",  "",      ""),
    "atencion.incoming.mail.trial":     ("", "",        "",        "rwc",  "",      ""),
    "atencion.delivery.failure":        ("", "",        "",        "",     "",      ""),
    "atencion.case.history":            ("r", "r",      "r",       "r",    "",      ""),
    "atencion.case.document":           ("rwcu", "rwcu", "rwcu",   "rwcu", "",      ""),
    "atencion.note":                    ("rwc", "rwc",  "rwcu",    "rwcu", "",      ""),
    "atencion.solution":                ("r", "r",      "rwc",     "rwcu", "",      ""),
    "atencion.solution.word":           ("", "",        "",        "r",    "",      ""),
    "atencion.unit.case.report":        ("", "",        "r",       "r",    "",      ""),
    "atencion.solution.revocation":     ("", "",        "rwc",     "rwc",  "",      ""),
    "atencion.area":                    ("r", "r",      "r",       "rwcu", "",      ""),
    "atencion.area.notification":       ("r", "r",      "r",       "rwcu", "",      ""),
    "atencion.case.type":               ("r", "r",      "r",       "rwcu", "",      ""),
    "atencion.case.category":           ("r", "r",      "r",       "rwcu", "",      ""),
    "atencion.warranty.element":        ("r", "r",      "r",       "rwcu", "",      ""),
    "atencion.warranty.scheme":         ("r", "r",      "r",       "rwcu", "",      ""),
    "atencion.warranty.term":           ("r", "r",      "r",       "rwcu", "",      ""),
    # Of whoever archives users.
    "atencion.user.departure":          ("", "",        "",        "",     "",      ""),
    "atencion.unit.warranty":           ("r", "r",      "r",       "r",    "",      ""),
    "atencion.case.stage":              ("r", "r",      "r",       "rwcu", "",      ""),
    "atencion.document.requirement":    ("r", "r",      "r",       "rwcu", "",      ""),
    "atencion.document.template":       ("r", "r",      "r",       "rwcu", "",      ""),
    "atencion.document.generate":       ("rwc", "rwc",  "rwc",     "rwc",  "",      ""),
    "atencion.place":                   ("r", "r",      "r",       "rwcu", "",      ""),
    "atencion.synonym":                 ("r", "r",      "r",       "rwcu", "",      ""),
    "atencion.source":                  ("r", "r",      "r",       "rwcu", "",      ""),
    "atencion.claim.type":              ("r", "r",      "r",       "rwcu", "",      ""),
    "atencion.request.type":            ("r", "r",      "r",       "rwcu", "",      ""),
    "atencion.request.detail":          ("r", "r",      "r",       "rwcu", "",      ""),
    "atencion.project":                 ("r", "r",      "rwc",     "rwcu", "",      ""),
    "atencion.block":                   ("r", "r",      "rwc",     "rwcu", "",      ""),
    "atencion.unit":                    ("r", "r",      "rwc",     "rwcu", "",      ""),
    "atencion.contract":                ("r", "r",      "rwc",     "rwcu", "",      ""),
    "atencion.contract.holder":         ("r", "r",      "rwc",     "rwcu", "",      ""),
    "atencion.representative":          ("r", "r",      "rwc",     "rwcu", "",      ""),
    "atencion.contract.holder.change":      ("", "",    "rwc",     "rwc",  "",      ""),
    "atencion.contract.holder.change.line": ("", "",    "rwcu",    "rwcu", "",      ""),
    "atencion.requester.registration":  ("rwc", "rwc",  "rwc",     "rwc",  "",      ""),
    "atencion.handover.item":           ("r", "r",      "r",       "rwcu", "",      ""),
    "atencion.handover.check":          ("rwc", "rwc",  "rwcu",    "rwcu", "",      ""),
    "atencion.escalation.rule":         ("r", "r",      "r",       "rwcu", "",      ""),
    "atencion.escalation.log":          ("r", "r",      "r",       "r",    "",      ""),
    "atencion.escalation.simulation":   ("", "",        "",        "rwc",  "",      ""),
    "atencion.case.stage.change":       ("rwc", "rwc",  "rwc",     "rwc",  "",      ""),
    "atencion.whatsapp.text":           ("r", "r",      "r",       "rwcu", "",      ""),
    "atencion.whatsapp.opening":        ("rwc", "rwc",  "rwc",     "rwc",  "",      ""),
    "atencion.whatsapp.chat":           ("rwc", "rwc",  "rwc",     "rwc",  "",      ""),
    "atencion.whatsapp.chat.file":      ("rwc", "rwc",  "rwc",     "rwc",  "",      ""),
    "atencion.case":                    ("rwc", "rwc",  "rwc",     "rwcu", "",      "r"),
}  # fmt: skip
ROLES = ("agent", "area_user", "supervisor", "manager", "outsider", "customer")
VERBS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


@tagged("post_install", "-at_install")
class TestAccessRights(AtencionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        agent, deeds = cls.agent.id, cls.deeds.id
        cls.cases = {
            "own": cls.create_case(user_id=agent),
            "others": cls.create_case(user_id=cls.agent2.id),
            "unassigned": cls.create_case(),
            "elsewhere": cls.create_case(area_id=deeds),
            "followed": cls.create_case(area_id=deeds),
            "secret": cls.create_case(is_confidential=True),
            "own_secret": cls.create_case(user_id=agent, is_confidential=True),
            "legal": cls.create_case(
                type_id=cls.type_claim.id,
                is_confidential=True,
                legal_user_id=cls.legal_adviser.id,
            ),
            "chile": cls.create_case(type_id=cls.type_chile.id),
        }
        cls.cases["followed"].message_subscribe(partner_ids=cls.agent.partner_id.ids)
        cls.cases["secret"].message_subscribe(partner_ids=cls.agent.partner_id.ids)

    def _pairs(self):
        """Each user with each case, and whether he sees it."""
        for login, row in SEEN.items():
            for kind, mark in zip(KINDS, row.split(), strict=True):
                yield getattr(self, login), kind, self.cases[kind], mark == "x"

    # -------------------------------------------------------------------------
    # Cases
    # -------------------------------------------------------------------------

    def test_cases_are_read_by_who_sees_them(self):
        for user, kind, case, sees in self._pairs():
            with self.subTest(user=user.login, kind=kind):
                seen = self.on(user, case)
                self.assertEqual(seen.has_access("read"), sees)
                if sees:
                    self.assertEqual(seen.subject, "Water under the sink")
                else:
                    with self.assertRaises(AccessError):
                        seen.read(["subject"])

    def test_search_finds_what_is_seen(self):
        every_case = sum(self.cases.values(), self.env["atencion.case"])
        for login, row in SEEN.items():
            if login in ("outsider", "public"):
                continue
            expected = {
                self.cases[kind].id
                for kind, mark in zip(KINDS, row.split(), strict=True)
                if mark == "x"
            }
            with self.subTest(user=login):
                model = self.on(getattr(self, login), self.env["atencion.case"])
                found = model.search([("id", "in", every_case.ids)])
                self.assertEqual(set(found.ids), expected)
                counted = model.formatted_read_group(
                    [("id", "in", every_case.ids)], ["stage_id"], ["__count"]
                )
                self.assertEqual(sum(group["__count"] for group in counted), len(expected))

    def test_cases_are_written_by_who_sees_them(self):
        for user, kind, case, sees in self._pairs():
            with self.subTest(user=user.login, kind=kind):
                if sees:
                    self.on(user, case).write({"customer_comment": user.login})
                    self.assertEqual(case.customer_comment, user.login)
                else:
                    with self.assertRaises(AccessError):
                        self.on(user, case).write({"customer_comment": "No"})

    def test_states_are_changed_by_who_sees_the_case(self):
        for user, kind, case, sees in self._pairs():
            with self.subTest(user=user.login, kind=kind):
                if not sees:
                    with self.assertRaises(AccessError):
                        self.on(user, case)._change_stage(self.stages["WCE"], NOTE)
                    with self.assertRaises(AccessError):
                        self.move(self.on(user, case), "WCE")

    def test_lines_of_a_case_are_seen_with_it(self):
        for case in self.cases.values():
            case.document_ids = [(0, 0, {"name": "Letter"})]
        for user, kind, case, sees in self._pairs():
            with self.subTest(user=user.login, kind=kind):
                self.assertEqual(self.on(user, self.ledger_entries(case)).has_access("read"), sees)
                self.assertEqual(self.on(user, case.document_ids).has_access("read"), sees)
                self.assertEqual(self.on(user, case.document_ids).has_access("write"), sees)

    def test_only_an_administrator_deletes_and_never_a_claim(self):
        for user, kind, case, _sees in self._pairs():
            with self.subTest(user=user.login, kind=kind):
                if user != self.manager:
                    with self.assertRaises(AccessError):
                        self.on(user, case).unlink()
        with self.assertRaises(UserError) as refusal:
            self.on(self.manager, self.cases["legal"]).unlink()
        self.assertIn("claim is kept", str(refusal.exception))
        rows = self.ledger_entries(self.cases["own"])
        self.on(self.manager, self.cases["own"]).unlink()
        self.assertFalse(rows.exists(), "the ledger goes with its case")

    def test_a_claim_among_others_keeps_them_all(self):
        cases = self.cases["legal"] | self.cases["others"]
        with self.assertRaises(UserError):
            self.on(self.manager, cases).unlink()
        self.assertEqual(cases.exists(), cases)

    def test_staff_registers_cases_of_its_areas_and_for_others(self):
        """Who answers the telephone registers, whichever area solves it."""
        for login in STAFF:
            user = getattr(self, login)
            areas = self.service_chile if user == self.agent_chile else self.repairs | self.deeds
            kind = self.type_chile if user == self.agent_chile else self.type_two_days
            for area in areas:
                with self.subTest(user=login, area=area.name):
                    letter = (0, 0, {"name": "Letter", "mandatory": False})
                    values = self.case_values(
                        type_id=kind.id, area_id=area.id, document_ids=[letter]
                    )
                    model = self.on(user, self.env["atencion.case"])
                    case = model.create(values)
                    self.assertTrue(self.on(user, case).subject, "he sees what he registered")
                    self.assertEqual(case.document_ids.mapped("name"), ["Letter"])
                    saved = model.web_save(values, {"name": {}, "alert_label": {}})
                    self.assertTrue(saved[0]["name"])

    def test_case_of_another_company_is_not_registered(self):
        with self.assertRaises(AccessError):
            self.on(self.agent_chile, self.env["atencion.case"]).create(self.case_values())

    def test_agent_who_hands_a_case_over_goes_on_seeing_it(self):
        case = self.cases["unassigned"]
        self.on(self.agent, case).area_id = self.deeds
        self.assertTrue(self.on(self.agent, case).has_access("write"))
        self.assertTrue(self.on(self.deeds_agent, case).has_access("write"))

    def test_agent_gives_a_case_to_a_colleague_and_goes_on_seeing_it(self):
        """The form reads what it has saved: what cannot be read could not be given."""
        case = self.create_case(user_id=self.agent.id)
        case.message_unsubscribe(self.agent.partner_id.ids)
        values = self.on(self.agent, case).web_save({"user_id": self.agent2.id}, {"user_id": {}})
        self.assertEqual(values[0]["user_id"], self.agent2.id)
        self.assertIn(self.agent.partner_id, case.message_partner_ids)

    def test_leaving_an_area_takes_its_cases_away(self):
        seen = self.on(self.agent, self.cases["unassigned"])
        self.assertTrue(seen.has_access("read"))
        self.repairs.member_ids = [(3, self.agent.id)]
        self.assertFalse(self.on(self.agent, self.cases["unassigned"]).has_access("read"))
        self.repairs.member_ids = [(4, self.agent.id)]
        self.assertTrue(self.on(self.agent, self.cases["unassigned"]).has_access("read"))

    def test_manager_of_an_area_is_always_a_member(self):
        self.assertIn(self.area_user, self.repairs.member_ids)
        self.repairs.member_ids = [(5, 0, 0)]
        self.assertEqual(self.repairs.member_ids, self.area_user)

    def test_company_switched_off_hides_its_cases(self):
        model = self.on(self.supervisor, self.env["atencion.case"]).with_context(
            allowed_company_ids=self.santiago.ids
        )
        cases = self.cases["own"] | self.cases["chile"]
        self.assertEqual(model.search([("id", "in", cases.ids)]), self.cases["chile"])

    # -------------------------------------------------------------------------
    # Every model
    # -------------------------------------------------------------------------

    def test_rights_of_each_role_on_each_model(self):
        for model, row in RIGHTS.items():
            for login, letters in zip(ROLES, row, strict=True):
                records = self.on(getattr(self, login), self.env[model])
                granted = "".join(
                    letter for letter, verb in VERBS.items() if records.has_access(verb)
                )
                with self.subTest(model=model, user=login):
                    self.assertEqual(granted, letters)

    def test_every_model_of_the_addon_is_in_the_table(self):
        models = self.env["ir.model"].search([("model", "like", "atencion.")])
        concrete = {
            model.model
            for model in models
            if not self.env[model.model]._abstract and model.model.startswith("atencion.")
        }
        self.assertEqual(concrete, set(RIGHTS))

    def test_public_reads_no_model(self):
        for model in RIGHTS:
            with self.subTest(model=model):
                self.assertFalse(self.on(self.public, self.env[model]).has_access("read"))

    def test_records_of_another_company_are_not_seen(self):
        records = (
            self.repairs,
            self.project,
            self.tower,
            self.flat,
            self.contract,
            self.contract.holder_ids,
            self.type_two_days,
            self.type_documents.requirement_ids,
        )
        for record in records:
            with self.subTest(model=record._name):
                self.assertTrue(self.on(self.agent, record).has_access("read"))
                chilean = self.on(self.agent_chile, record)
                self.assertFalse(chilean._filtered_access("read"))
                self.assertFalse(chilean.search([("id", "in", record.ids)]))

    def test_agent_forces_nothing_through_the_wizard(self):
        case = self.cases["own"]
        change = self.on(self.agent, self.env["atencion.case.stage.change"]).create(
            {
                "case_ids": [(6, 0, case.ids)],
                "stage_id": self.stages["RIT"].id,
                "note": NOTE,
                "forced": True,
            }
        )
        for values in ({}, {"can_force": True}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                change.write(values)
                change.action_apply()
        self.assertEqual(case.stage_code, "PRO")

    def test_wizard_reaches_no_case_that_the_agent_does_not_see(self):
        with self.assertRaises(AccessError):
            change = self.on(self.agent, self.env["atencion.case.stage.change"]).create(
                {
                    "case_ids": [(6, 0, self.cases["others"].ids)],
                    "stage_id": self.stages["WCE"].id,
                    "note": NOTE,
                }
            )
            change.action_apply()
        self.assertEqual(self.cases["others"].stage_code, "PRO")

    def test_agent_makes_confidential_only_what_he_goes_on_seeing(self):
        case = self.create_case()
        with self.assertRaises(ValidationError) as refusal:
            self.on(self.agent, case).is_confidential = True
        self.assertIn("Assign it to yourself", str(refusal.exception))
        self.on(self.agent, case).write({"user_id": self.agent.id, "is_confidential": True})
        self.assertTrue(case.is_confidential)
        self.on(self.supervisor, self.create_case()).is_confidential = True

    def test_agent_gives_no_confidential_case_out_of_their_sight(self):
        """A colleague, or another area in which nobody could see it: a supervisor does that."""
        case = self.create_case(user_id=self.agent.id, is_confidential=True)
        own = self.on(self.agent, case)
        for give in (
            lambda: own.write({"user_id": self.agent2.id}),
            lambda: own.web_save({"user_id": False}, {}),
            lambda: own._change_stage(self.stages["TRA"], NOTE, self.deeds),
        ):
            with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
                give()
            self.assertIn("supervisor", str(refusal.exception))
        self.assertEqual(case.user_id, self.agent)
        own.write({"legal_user_id": self.agent.id, "user_id": self.agent2.id})
        self.assertEqual(case.user_id, self.agent2)
        self.on(self.supervisor, case)._change_stage(self.stages["TRA"], NOTE, self.deeds)
        self.assertEqual(case.area_id, self.deeds)

    def test_contact_given_to_another_company_stops_no_list(self):
        person = self.env["res.partner"].create({"name": "Zoila Díaz"})
        case = self.create_case(partner_id=person.id, user_id=self.agent.id)
        person.company_id = self.santiago
        cases = self.on(self.agent, self.env["atencion.case"])
        found = cases.web_search_read([("id", "=", case.id)], {"requester_name": {}})
        self.assertEqual(found["records"][0]["requester_name"], "Zoila Díaz")

    def test_assignee_of_another_company_is_refused(self):
        """Whose companies those are is kept by workers: a change of them is seen at once."""
        elsewhere = {"company_id": self.santiago.id, "company_ids": self.santiago.ids}
        self.agent2.write(elsewhere)
        with self.assertRaises(UserError), self.cr.savepoint():
            self.create_case(user_id=self.agent2.id)
        case = self.create_case(user_id=self.agent.id)
        with self.assertRaises(UserError), self.cr.savepoint():
            case.user_id = self.agent2
        self.agent2.company_ids |= self.env.company
        case.user_id = self.agent2
        self.agent2.write(elsewhere)
        with self.assertRaises(UserError), self.cr.savepoint():
            self.create_case(user_id=self.agent2.id)
