from contextlib import contextmanager
from datetime import date, datetime
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.sql_db import Cursor
from odoo.tests import new_test_user

from ..models.base.res_users import USER_REFERENCES
from ..models.property.res_partner_deletion import PARTNER_REFERENCES
from .support.common import AtencionCommon

# Fields of our bridges, where they are installed.
BRIDGES = {"atencion.contract.salesperson_id"}


class PartnerMergeCommon(AtencionCommon):
    """Contacts that are the same person: Rosa, and a duplicate of hers without a user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.duplicate = cls._duplicate("Rosa Quispe Diaz")
        cls.merger = new_test_user(
            cls.env,
            "test_merger",
            groups="base.group_user,base.group_partner_manager",
            company_id=cls.lima.id,
            company_ids=[Command.set(cls.lima.ids)],
        )
        cls.manager.group_ids |= cls.env.ref("base.group_partner_manager")

    @classmethod
    def _duplicate(cls, name, **vals):
        return cls.env["res.partner"].create({"name": name, "email": cls.holder.email} | vals)

    def merge(self, *sources, into, user=None):
        """Merge as Odoo's wizard does, with its own rights."""
        partners = into.union(*sources)
        self.env.flush_all()
        self.env.invalidate_all()
        wizard = (
            self.env["base.partner.merge.automatic.wizard"]
            .with_user(user or self.merger)
            .with_context(
                allowed_company_ids=(user or self.merger).company_ids.ids,
                active_model="res.partner",
                active_ids=partners.ids,
            )
            .create({"dst_partner_id": into.id})
        )
        wizard.action_merge()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(partners.exists(), into)

    def lines(self, contract):
        """Name, share, first and last day of each line of a contract, the earliest first."""
        rows = [
            (line.partner_id.name, line.share, line.date_from or None, line.date_to or None)
            for line in contract.holder_ids
        ]
        return sorted(rows, key=lambda row: (row[0], row[2] or date.min))


class TestPartnerMerge(PartnerMergeCommon):
    """Nothing that names a contact is lost when Odoo merges contacts."""

    def test_two_holders_of_one_contract_hold_their_shares_together(self):
        contract = self._contract(
            "CT-M", self.flat2, {self.coholder: 10, self.duplicate: 30, self.holder: 60}
        )
        contract.state = "terminated"  # the flat is in another one in force
        first = contract.holder_ids.filtered(lambda line: line.partner_id == self.duplicate)
        first.sequence = 1
        self.merge(self.duplicate, into=self.holder)
        self.assertEqual(
            self.lines(contract),
            [("Luis Paredes", 10, None, None), ("Rosa Quispe", 90, None, None)],
        )
        self.assertEqual(contract.partner_id, self.holder, "who was the first one stays it")
        contract._check_shares()
        self.assertIn("their shares add up", contract.message_ids[0].body)

    def test_three_contacts(self):
        third = self._duplicate("Rosita")
        contract = self._contract(
            "CT-M", self.parking, {third: 20, self.duplicate: 30, self.holder: 50}
        )
        self.merge(self.duplicate, third, into=self.holder)
        self.assertEqual(self.lines(contract), [("Rosa Quispe", 100, None, None)])

    def test_shares_add_up_day_by_day(self):
        contract = self.env["atencion.contract"].create(
            {
                "name": "CT-M",
                "company_id": self.lima.id,
                "project_id": self.project.id,
                "unit_ids": [Command.set(self.parking.ids)],
                "state": "deed",
                "holder_ids": [
                    Command.create(
                        {
                            "partner_id": partner.id,
                            "share": share,
                            "date_from": begin,
                            "date_to": end,
                        }
                    )
                    for partner, share, begin, end in (
                        (self.coholder, 40, None, None),
                        (self.duplicate, 60, None, date(2025, 3, 31)),
                        (self.duplicate, 25, date(2025, 4, 1), None),
                        (self.holder, 35, date(2025, 4, 1), None),
                        (self.holder, 10, date(2024, 1, 1), date(2024, 12, 31)),
                    )
                ],
            }
        )
        self.merge(self.duplicate, into=self.holder)
        self.assertEqual(
            self.lines(contract),
            [
                ("Luis Paredes", 40, None, None),
                ("Rosa Quispe", 60, None, date(2023, 12, 31)),
                ("Rosa Quispe", 70, date(2024, 1, 1), date(2024, 12, 31)),
                ("Rosa Quispe", 60, date(2025, 1, 1), date(2025, 3, 31)),
                ("Rosa Quispe", 60, date(2025, 4, 1), None),
            ],
        )
        contract._check_shares()

    def test_shares_of_different_days_stay_as_they_are(self):
        self.contract2._change_holders({self.duplicate: 100}, date(2026, 11, 1), "")
        lines = self.contract2.holder_ids
        self.merge(self.duplicate, into=self.holder)
        self.assertEqual(self.contract2.holder_ids, lines)
        self.assertEqual(
            self.lines(self.contract2),
            [
                ("Rosa Quispe", 100, None, date(2026, 10, 31)),
                ("Rosa Quispe", 100, date(2026, 11, 1), None),
            ],
        )

    def test_nobody_holds_more_than_the_whole(self):
        """In terminated contracts and past shares, each of two duplicates may hold 100 %."""
        contract = self._contract("CT-M", self.parking, {self.holder: 100})
        contract.state = "terminated"
        contract.holder_ids = [Command.create({"partner_id": self.duplicate.id, "share": 100})]
        self.merge(self.duplicate, into=self.holder)
        self.assertEqual(self.lines(contract), [("Rosa Quispe", 100, None, None)])

    def test_what_names_the_contact_names_the_other_one(self):
        case = self.create_case(
            partner_id=self.duplicate.id, requester_id=self.duplicate.id, unit_id=self.flat.id
        )
        self.project.promoter_id = self.duplicate
        self.env.flush_all()
        told = case.message_ids
        self.merge(self.duplicate, into=self.holder)
        self.assertEqual(case.partner_id, self.holder)
        self.assertEqual(case.requester_id, self.holder)
        self.assertEqual(case.promoter_id, self.holder)
        self.assertEqual(self.project.promoter_id, self.holder)
        self.assertEqual(case.message_ids, told, "the log of the case says nothing new")
        self.assertContiguous(case)

    def test_every_field_that_names_a_contact(self):
        """A new one is found here, and so is a new index that two contacts may violate."""
        wizard = self.env["base.partner.merge.automatic.wizard"]
        self.assertEqual(
            {str(field) for field in wizard._fields_to_partners()},
            {
                "atencion.case.partner_id",
                "atencion.case.requester_id",
                "atencion.case.promoter_id",
                "atencion.case.access.partner_id",
                "atencion.area.partner_id",
                "atencion.contract.holder.partner_id",
                "atencion.delivery.failure.partner_id",
                "atencion.project.promoter_id",
                "atencion.representative.partner_id",
                "atencion.representative.principal_id",
            },
        )
        self.env.cr.execute(
            """
            SELECT DISTINCT index.indexrelid::regclass::text
            FROM pg_index index
            JOIN pg_constraint key ON key.conrelid = index.indrelid
                AND key.contype = 'f' AND key.confrelid = 'res_partner'::regclass
            JOIN pg_depend part ON part.objid = index.indexrelid
                AND part.refobjid = index.indrelid AND part.refobjsubid = key.conkey[1]
            WHERE index.indisunique AND index.indrelid::regclass::text LIKE 'atencion%'
                AND index.indrelid::regclass::text NOT LIKE '%_res_partner_rel'
            ORDER BY 1
            """
        )
        self.assertEqual(
            self.env.cr.fetchall(),
            [("atencion_case_access_once_a_day",), ("atencion_contract_holder_partner_unique",)],
        )

    def test_openings_of_one_case_on_one_day(self):
        """Two contacts who opened a case on a day are merged into one entry of the access log."""
        case = self.create_case(partner_id=self.holder.id, requester_id=self.duplicate.id)
        rows = [
            {
                "case_id": case.id,
                "company_id": case.company_id.id,
                "partner_id": partner.id,
                "day": date(2026, 11, day),
                "opened_at": datetime(2026, 11, day, hour),
                "kind": "portal",
            }
            for partner, day, hour in (
                (self.holder, 3, 15),
                (self.duplicate, 3, 14),
                (self.duplicate, 4, 14),
            )
        ]
        openings = self.env["atencion.case.access"].create(rows)
        self.merge(self.duplicate, into=self.holder)
        left = openings.exists().sorted("opened_at")
        self.assertEqual(left.partner_id, self.holder)
        self.assertEqual(
            left.mapped("opened_at"), [datetime(2026, 11, 3, 14), datetime(2026, 11, 4, 14)]
        )

    def test_stored_values_follow(self):
        """After a merge, every stored computed field has the value that its compute gives."""
        self.duplicate.with_context(no_vat_validation=True).vat = "70000109"
        contract = self._contract("CT-M", self.parking, {self.duplicate: 100})
        self.create_case(partner_id=self.duplicate.id, contract_id=contract.id)
        self.assertIn("70000109", self.parking.holder_key)
        self.merge(self.duplicate, into=self.holder)
        self.assertEqual(contract.holder_key, " rosa quispe 70000101")
        self.assertNotIn("70000109", self.parking.holder_key)
        self.assertIn("70000109", "".join(self.holder.message_ids.mapped("body")))
        for name, model in self.env.items():
            if name.startswith("atencion.") and model._auto and not model._transient:
                for field in model._fields.values():
                    if (
                        field.store
                        and field.compute
                        and "partner" in str(self.env.registry.field_depends[field])
                    ):
                        records = model.search([])
                        before = {record: record[field.name] for record in records}
                        self.env.add_to_compute(field, records)
                        for record, value in before.items():
                            self.assertEqual(record[field.name], value, field)

    def test_stored_values_hang_on_the_contact_alone(self):
        """They follow the key that Odoo replaces, whatever it writes on the contact later."""
        contract = self._contract("CT-M", self.parking, {self.duplicate: 100})
        self.env.flush_all()
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._update_foreign_keys(self.duplicate, self.holder)
        self.assertEqual(contract.holder_key, " rosa quispe 70000101")
        self.assertIn("70000101", self.parking.holder_key)

    def test_identity_key_comes_along(self):
        self.holder.vat = False
        self.duplicate.with_context(no_vat_validation=True).vat = "70000-109"
        self.merge(self.duplicate, into=self.holder)
        self.assertEqual(self.holder.identity_normalized, "70000109")

    def test_followers_of_both(self):
        """Odoo deletes all that a contact follows if both follow one record."""
        both, alone = self.create_cases(2)
        subtypes = self.env["mail.message.subtype"].search(
            [("res_model", "in", (False, "atencion.case"))]
        )
        both.message_subscribe(self.holder.ids, subtypes[:1].ids)
        both.message_subscribe(self.duplicate.ids, subtypes[1:2].ids)
        alone.message_subscribe(self.duplicate.ids)
        self.merge(self.duplicate, into=self.holder)
        for case in both | alone:
            self.assertIn(self.holder, case.message_partner_ids)
        follower = both.message_follower_ids.filtered(lambda row: row.partner_id == self.holder)
        self.assertEqual(follower.subtype_ids, subtypes[:2])

    def test_followers_of_a_confidential_case_become_the_survivor(self):
        """The contact that stays may know of a confidential case if the merged one may."""
        assignee = self.agent.partner_id
        cases = {
            gone: self.create_case(
                partner_id=self.holder.id, user_id=self.agent.id, is_confidential=True
            )
            for gone in (self.holder, assignee)
        }
        survivors = [self._duplicate(gone.name, email=gone.email) for gone in cases]
        for (gone, case), survivor in zip(cases.items(), survivors, strict=True):
            case.message_subscribe(partner_ids=gone.ids)
            # Only an administrator of Odoo merges the contact of a colleague.
            self.merge(gone, into=survivor, user=gone == assignee and self.env.user)
            self.assertIn(survivor, case.message_partner_ids)
            self.assertIn(survivor, case._who_may_know(survivor)[case.id])

    def test_notifications_of_both(self):
        both, alone = self.create_cases(2)
        public = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        first = both.message_post(
            body="Hello", partner_ids=(self.holder | self.duplicate).ids, **public
        )
        second = alone.message_post(body="Hello", partner_ids=self.duplicate.ids, **public)
        self.assertEqual(first.notified_partner_ids, self.holder | self.duplicate)
        self.merge(self.duplicate, into=self.holder)
        for message in first | second:
            self.assertEqual(message.notified_partner_ids & self.holder, self.holder)
            self.assertEqual(message.partner_ids, self.holder)

    def test_portal_shows_the_union(self):
        contract = self._contract("CT-M", self.parking, {self.duplicate: 100})
        cases = (
            self.create_case(partner_id=self.duplicate.id)
            | self.create_case(requester_id=self.duplicate.id)
            | self.create_case(contract_id=contract.id, partner_id=self.stranger.id)
            | self.create_case(partner_id=self.holder.id)
        )
        visible = self.on(self.portal_holder, self.env["atencion.case"]).search([])
        self.assertEqual(len(visible & cases.with_env(visible.env)), 1)
        self.merge(self.duplicate, into=self.holder)
        visible = self.on(self.portal_holder, self.env["atencion.case"]).search([])
        self.assertEqual(visible & cases.with_env(visible.env), cases.with_env(visible.env))

    def test_portal_user_of_the_contact_that_disappears(self):
        """Record rules are cached with the contact of the user: a merge empties the cache."""
        survivor = self._duplicate("Rosa Quispe Diaz", email=self.holder.email)
        mine = self.create_case(partner_id=self.holder.id)
        other = self.create_case(requester_id=survivor.id)
        visible = self.on(self.portal_holder, self.env["atencion.case"])
        self.assertIn(mine.id, visible.search([]).ids)
        self.merge(self.holder, into=survivor)
        visible = self.on(self.portal_holder, self.env["atencion.case"])
        self.assertLessEqual({mine.id, other.id}, set(visible.search([]).ids))

    def test_records_of_two_companies_share_the_contact(self):
        chilean = self._duplicate("Rosa Quispe", company_id=self.santiago.id)
        case = self.create_case(type_id=self.type_chile.id, partner_id=chilean.id)
        self.create_case(partner_id=self.holder.id)
        self.merge(chilean, into=self.holder, user=self.manager)
        self.assertEqual(case.partner_id, self.holder)
        self.assertFalse(self.holder.company_id)
        self.on(self.agent_chile, self.holder).read(["name"])
        case._check_company()

    def test_holder_stays_alone(self):
        company = self.env["res.partner"].create(
            {"name": "Acme", "is_company": True, "vat": "20000001016"}
        )
        self.duplicate.parent_id = company
        self.assertEqual(self.duplicate.vat, company.vat, "Odoo copies it")
        self.merge(self.duplicate, into=self.holder)
        self.assertFalse(self.holder.parent_id)
        self.assertEqual(self.holder.vat, "70000101")
        self.assertIn("Acme", "".join(self.holder.message_ids.mapped("body")))

    def test_holder_is_not_merged_into_the_contact_of_a_company(self):
        company = self.env["res.partner"].create({"name": "Acme", "is_company": True})
        contact = self._duplicate("Rosa", parent_id=company.id)
        with self.assertRaisesRegex(ValidationError, "Choose Rosa Quispe as the destination"):
            self.merge(self.holder, into=contact)

    def test_contacts_of_nothing_ours_are_merged_as_ever(self):
        company = self.env["res.partner"].create({"name": "Acme", "is_company": True})
        first = self._duplicate("One", vat="1", company_id=self.lima.id)
        second = self._duplicate("Two", vat="2", parent_id=company.id)
        self.merge(second, into=first)
        self.assertEqual(first.parent_id, company)
        self.assertEqual(first.company_id, self.lima)


class TestPartnerDeletion(PartnerMergeCommon):
    """Contacts in a case, a contract or a project cannot be deleted; others can."""

    def _refused(self, partners, user=None):
        partners = self.on(user or self.manager, partners)
        with self.assertRaises(UserError) as refused:
            partners.unlink()
        self.env.invalidate_all()
        self.assertTrue(partners.exists())
        return str(refused.exception)

    def test_holder_and_requester_of_a_case(self):
        for name in ("partner_id", "requester_id"):
            with self.subTest(name):
                person = self._duplicate("Marta")
                case = self.create_case(**{name: person.id}, subject="Secret")
                message = self._refused(self.stranger.browse() | person)
                self.assertIn(f"Marta is holder or requester of case {case.name}.", message)
                self.assertNotIn("Secret", message)
                case.active = False
                self._refused(person)
                # A case with correspondence is not deleted.
                case.message_ids.unlink()
                case.unlink()
                person.unlink()

    def test_one_of_several(self):
        person, free = self._duplicate("Marta"), self._duplicate("Nobody")
        self.create_case(partner_id=person.id)
        self.assertIn("Marta", self._refused(free | person))
        self.assertTrue(free.exists())

    def test_a_case_that_the_user_cannot_see_is_not_named(self):
        person = self._duplicate("Marta")
        case = self.create_case(partner_id=person.id)
        for user in (self.merger, self.outsider):
            if user == self.outsider:
                user.group_ids |= self.env.ref("base.group_partner_manager")
            message = self._refused(person, user)
            self.assertNotIn(case.name, message)
            self.assertIn("that you cannot see", message)
        self.deeds_agent.group_ids |= self.env.ref("base.group_partner_manager")
        self.assertNotIn(case.name, self._refused(person, self.deeds_agent))

    def test_holder_of_a_contract(self):
        person = self._duplicate("Marta")
        self._contract("CT-D", self.parking, {person: 100})
        self.assertIn("holder of contract CT-D", self._refused(person))

    def test_who_opened_a_confidential_case(self):
        person = self._duplicate("Marta")
        case = self.create_case(partner_id=self.holder.id)
        self.env["atencion.case.access"].create(
            {
                "case_id": case.id,
                "company_id": case.company_id.id,
                "partner_id": person.id,
                "day": date(2026, 11, 3),
                "opened_at": datetime(2026, 11, 3, 14),
                "kind": "portal",
            }
        )
        self.assertIn(f"Marta opened case {case.name}", self._refused(person))
        self.assertIn("that you cannot see", self._refused(person, self.merger))

    def test_every_key_that_keeps_a_contact_has_its_sentence(self):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        keys = {str(f) for f in wizard._fields_to_partners() if f.ondelete == "restrict"}
        known = {f"{model}.{name}" for model, names in PARTNER_REFERENCES.items() for name in names}
        self.assertEqual(keys, known)

    def test_sender_of_an_area(self):
        person = self._duplicate("Service Desk")
        self.repairs.write({"partner_id": person.id, "show_agent_name": False})
        self.assertIn("sender of the area Repairs", self._refused(person))

    def test_promoter(self):
        self.assertIn("promoter of project Gardens", self._refused(self.promoter))

    def test_contact_with_a_user_is_refused_as_ever(self):
        with self.assertRaisesRegex(RedirectWarning, "linked to an active user"):
            self.on(self.env.ref("base.user_admin"), self.stranger).unlink()

    def test_a_contact_of_nothing_ours(self):
        """The check adds one statement, however many models name contacts."""
        partner = self.env["res.partner"].create([{"name": f"Nobody {n}"} for n in (1, 2)])
        partner[0].unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.capture_statements() as statements:
            partner[1].unlink()
        ours = [text for text in statements if "atencion_" in text.lower()]
        self.assertEqual(len(ours), 1)

    @contextmanager
    def capture_statements(self):
        """The texts of the statements that are executed within."""
        seen, execute = [], Cursor.execute

        def heard(cursor, query, *args, **kwargs):
            seen.append(getattr(query, "code", query))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", heard):
            yield seen


class TestUserDeletion(PartnerMergeCommon):
    """Users who worked on cases can be archived, but not deleted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(
            cls.env,
            "test_clerk",
            groups="atencion_cliente.group_user",
            company_id=cls.lima.id,
            company_ids=[Command.set(cls.lima.ids)],
        )

    def assertKept(self):
        self.env.flush_all()
        with self.assertRaisesRegex(UserError, "Archive the user instead"):
            self.clerk.unlink()
        self.clerk.active = False

    def test_user_of_nothing_ours(self):
        self.repairs.member_ids |= self.clerk
        self.clerk.unlink()
        self.assertFalse(self.clerk.exists())

    def test_who_changed_a_case(self):
        self.repairs.member_ids |= self.clerk
        self.move(self.on(self.clerk, self.create_case()), "WCE")
        self.assertKept()

    def test_assignee_and_legal_adviser(self):
        for name in ("user_id", "legal_user_id"):
            with self.subTest(name):
                self.clerk.active = True
                case = self.create_case(**{name: self.clerk.id})
                self.assertKept()
                self.assertFalse(case[name], "who left has no open cases")
                self.assertIn(self.clerk.name, " ".join(case.message_ids.mapped("body")))
                case.unlink()

    def test_manager_of_an_area(self):
        self.deeds.manager_id = self.clerk
        self.assertKept()

    def test_every_key_to_a_user_is_known(self):
        """Every many2one to users that restricts or clears is listed, or records no work."""
        known = {f"{model}.{name}" for model, names in USER_REFERENCES.items() for name in names}
        keys = {
            str(field)
            for name, model in self.env.items()
            if name.startswith("atencion.") and model._auto and not model._transient
            for field in model._fields.values()
            if field.type == "many2one" and field.comodel_name == "res.users" and field.store
            if field.name not in ("create_uid", "write_uid", "activity_user_id")
        }
        settings = {"atencion.area.notification.user_id"}
        self.assertEqual(keys - known - settings - BRIDGES, set())
