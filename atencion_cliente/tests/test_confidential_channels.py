import json
from contextlib import suppress

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.confidential import CASE, WORD, ConfidentialCommon

# Every model that points to a case, by a relational field, or by a model name and an id.
CHANNELS = {
    "atencion.call": "telephone calls",
    "atencion.case": "the case itself, its copies, requirements and previous cases",
    "atencion.case.access": "who opened it: supervisors",
    "atencion.case.correction": "corrections of the request date",
    "atencion.case.reception.correction": "dialog",
    "atencion.deadline.change": "dialog: the cases that a supervisor chose",
    "atencion.case.document": "documents that it asks for",
    "atencion.case.history": "ledger of states",
    "atencion.case.writer": "who else writes about it by mail",
    "atencion.incoming.mail": "a mail that was filed on it, for supervisors alone",
    "atencion.case.stage.change": "dialog: dropped for who may no longer know",
    "atencion.delivery.failure": "mails that were not delivered: nobody reads the rows",
    "atencion.document.generate": "dialog: letters",
    "atencion.escalation.log": "escalations",
    "atencion.handover.check": "observation that became a case: its number only",
    "atencion.note": "shared notes",
    "atencion.requester.registration": "dialog",
    "atencion.solution": "how it was solved",
    "atencion.whatsapp.chat": "dialog: a conversation that is pasted",
    "atencion.whatsapp.opening": "dialog: a chat that is opened",
    "calendar.event": "events: private, without who may not know",
    "crm.lead": "opportunity: a confidential case makes none",
    "ir.attachment": "files",
    "mail.activity": "to-dos: go to who may know",
    "mail.activity.schedule": "dialog of Odoo",
    "mail.compose.message": "dialog of Odoo: e-mail",
    "mail.followers": "followers: only who may know",
    "mail.followers.edit": "dialog of Odoo",
    "mail.mail": "mails that wait: only to who may know",
    "mail.message": "conversation, notices, notes, tracking",
    "mail.scheduled.message": "messages that wait",
    "mail.template.preview": "dialog of Odoo",
    "portal.share": "dialog of Odoo: links",
    "rating.rating": "satisfaction",
    "res.partner": "cases of a customer",
    "res.users": "the same, of the partner",
    "sms.composer": "dialog of Odoo",
    "sms.template.preview": "dialog of Odoo",
    "snailmail.letter": "letters of Odoo, by post",
}
# Models with model names and ids, which are never those of a case.
NO_CHANNELS = {
    "atencion.archiving",
    "ir.actions.act_window",
    "ir.actions.server",
    "ir.cron",
    "ir.model.data",
    "ir.ui.menu",
    "privacy.lookup.wizard.line",
    "res.users.settings.embedded.action",
}
# Models that never hold anything of a case.
UNUSED = ("snailmail.letter", "crm.lead")
MODEL_NAMES = ("res_model", "model")
IDS = ("res_id", "res_ids")
REFERENCES = ("many2one_reference", "reference")


def pointing_fields(model):
    """The relational fields of a model that point to cases."""
    return [
        name for name, field in model._fields.items() if getattr(field, "comodel_name", "") == CASE
    ]


@tagged("post_install", "-at_install")
class TestConfidentialChannels(ConfidentialCommon):
    """Nobody who may not know of a confidential case finds its word, by any channel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.secret_case()
        cls.leave_traces(cls.case)
        cls.hide(cls.case)
        # Again: records that are created later are hidden, too.
        cls.on(cls.supervisor, cls.case).web_read({"description": {}})
        cls.later = cls.env["mail.message"].search([], order="id DESC", limit=1).id
        cls._use_it_later()
        cls.env.cr.flush()

    @classmethod
    def _use_it_later(cls):
        case, people = cls.on(cls.legal_adviser, cls.case), cls.env["res.partner"]
        people = people.union(*(user.partner_id for user in cls.excluded.values()))
        for subtype in ("mail.mt_comment", "mail.mt_note"):
            case.message_post(body=WORD, partner_ids=people.ids, subtype_xmlid=subtype)
        for user in cls.excluded.values():
            if not user.share:
                case.activity_schedule(summary=WORD, note=WORD, user_id=user.id)
        case.message_subscribe(partner_ids=people.ids)
        start = "2030-01-01 10:00:00"
        case.env["calendar.event"].create(
            {
                "name": WORD,
                "start": start,
                "stop": start,
                "res_model_id": cls.env["ir.model"]._get_id(CASE),
                "res_id": case.id,
                "partner_ids": [(6, 0, people.ids)],
                "privacy": "public",
            }
        )

    # -------------------------------------------------------------------------
    # Completeness
    # -------------------------------------------------------------------------

    def test_every_model_that_points_to_a_case_is_listed(self):
        ours = self.env["ir.module.module"].search([("name", "=like", "atencion_cliente%")])
        modules = {"base", *ours.mapped("name")}
        modules.update(ours.upstream_dependencies(exclude_states=("",)).mapped("name"))
        found = {
            model._name
            for model in self.env.values()
            if not model._abstract
            and (pointing_fields(model) or self._names_records(model, modules))
        }
        self.assertEqual(found - CHANNELS.keys() - NO_CHANNELS, set())

    def _names_records(self, model, modules):
        names = model._fields.keys()
        named = not names.isdisjoint(MODEL_NAMES) and not names.isdisjoint(IDS)
        refers = any(field.type in REFERENCES for field in model._fields.values())
        return (named or refers) and model._original_module in modules

    def test_the_traces_are_there(self):
        """Otherwise the next test would pass without any records."""
        for name in CHANNELS:
            model = self.env.get(name)
            if model is None or model._transient or name in UNUSED:
                continue
            with self.subTest(model=name):
                self.assertTrue(self._records(model))
        for name in ("mail.message", "mail.activity", "calendar.event", "rating.rating", CASE):
            with self.subTest(model=name):
                self.assertIn(WORD, self._read(self._records(self.env[name])))

    # -------------------------------------------------------------------------
    # Reading, searching, grouping
    # -------------------------------------------------------------------------

    def test_nobody_reads_the_word(self):
        for who, user, name, records in self._pairs():
            with self.subTest(who=who, model=name):
                mine = self.on(user, records).with_context(active_test=False)
                if not mine.browse().has_access("read"):
                    continue
                found = mine.search([("id", "in", mine.ids)])
                self.assertNotIn(WORD, self._read(found))
                for record in (mine - found)._filtered_access("read"):
                    self.assertNotIn(WORD, self._read(record))

    def test_nobody_finds_the_word(self):
        for who, user, name, records in self._pairs():
            mine = self.on(user, records).with_context(active_test=False)
            if not mine.browse().has_access("read"):
                continue
            paths = [
                f"{field}.subject"
                for field in pointing_fields(mine)
                if mine._fields[field]._description_searchable
            ]
            texts = [
                field.name
                for field in mine._fields.values()
                if field.type in ("char", "text", "html")
                and field._description_searchable
                and (field.name != "display_name" or mine._rec_name or mine._rec_names_search)
            ]
            for path in (*paths, *texts):
                # Refused: nobody may search it, or not this user.
                with self.subTest(who=who, model=name, path=path), suppress(UserError):
                    domain = Domain("id", "in", mine.ids) & Domain(path, "ilike", WORD)
                    self.assertFalse(mine.search_count(domain))

    def test_no_list_of_names_nor_group_shows_the_word(self):
        for who, user, name, records in self._pairs():
            mine = self.on(user, records).with_context(active_test=False)
            if not mine.browse().has_access("read"):
                continue
            with self.subTest(who=who, model=name):
                if mine._rec_name or mine._rec_names_search:
                    self.assertNotIn(WORD, str(mine.name_search(WORD)))
                for field in pointing_fields(mine):
                    grouped = mine._fields[field].type in ("many2one", "many2many")
                    stored = grouped and mine._fields[field].store
                    if not stored or not mine._has_field_access(mine._fields[field], "read"):
                        continue
                    groups = mine.formatted_read_group(
                        [("id", "in", mine.ids)], [field], ["__count"]
                    )
                    self.assertNotIn(WORD, str(groups))

    def test_notifications_do_not_show_it(self):
        notifications = self.env["mail.notification"].search(
            [("mail_message_id.model", "=", CASE), ("mail_message_id.res_id", "=", self.case.id)]
        )
        self.assertTrue(notifications)
        for who, user in self.excluded.items():
            with self.subTest(who=who):
                mine = self.on(user, notifications)
                for text in ("subject", "body", "record_name"):
                    domain = [("id", "in", mine.ids), (f"mail_message_id.{text}", "ilike", WORD)]
                    with suppress(AccessError, ValueError):
                        self.assertFalse(mine.search_count(domain))
                for one in mine:
                    self.assertNotIn(WORD, self._read(one))
                unread = notifications.filtered(
                    lambda one, user=user: one.res_partner_id == user.partner_id and not one.is_read
                )
                self.assertFalse(unread)

    def test_dialogs_of_odoo_show_nothing(self):
        """Dialogs that are opened with a model name and an id."""
        for name in CHANNELS:
            model = self.env.get(name)
            if model is None or not model._transient:
                continue
            for who, user in self.excluded.items():
                with self.subTest(who=who, model=name):
                    self.assertNotIn(WORD, self._open_dialog(self.on(user, model)))

    def _open_dialog(self, model):
        """What a dialog about the case shows; an empty text if it is refused."""
        known = {
            "model": CASE,
            "res_model": CASE,
            "res_id": self.case.id,
            "res_ids": str(self.case.ids),
            "case_id": self.case.id,
            "case_ids": self.case.ids,
            "stage_id": self.stages["WCE"].id,
            "note": "Why",
            "resource_ref": f"{CASE},{self.case.id}",
            "template_id": self.env.ref("atencion_cliente.mail_template_case_notice").id,
            "mail_template_id": self.env.ref("atencion_cliente.mail_template_case_notice").id,
        }
        context = {f"default_{name}": value for name, value in known.items()}
        if model._name != "mail.compose.message":
            del context["default_template_id"]
        try:
            with mute_logger("odoo.sql_db"), self.cr.savepoint():
                dialog = model.with_context(**context).create({})
                return self._read(dialog)
        except (UserError, ValueError, psycopg2.Error):
            return ""

    # -------------------------------------------------------------------------
    # Recipients
    # -------------------------------------------------------------------------

    def test_nothing_is_sent_to_them(self):
        partners = self.env["res.partner"]
        partners = partners.union(*(user.partner_id for user in self.excluded.values()))
        later = self.env["mail.message"].search([("id", ">", self.later)])
        self.assertTrue(later.filtered(lambda message: WORD in (message.body or "")))
        self.assertFalse(later.notified_partner_ids & partners)
        self.assertFalse(later.partner_ids & partners)
        waiting = self.queue().filtered(lambda mail: mail.state == "outgoing")
        self.assertFalse(waiting.recipient_ids & partners)

    def test_they_follow_take_part_and_do_nothing(self):
        partners = self.env["res.partner"]
        partners = partners.union(*(user.partner_id for user in self.excluded.values()))
        self.assertFalse(self.case.message_partner_ids & partners)
        events = self._records(self.env["calendar.event"])
        self.assertEqual(len(events), 2)
        self.assertEqual(set(events.mapped("privacy")), {"private"})
        self.assertFalse((events.partner_ids | events.attendee_ids.partner_id) & partners)
        self.assertFalse(events.user_id.partner_id & partners)
        waiting = self._records(self.env["mail.activity"]).filtered("active")
        self.assertEqual(waiting.user_id, self.legal_adviser)

    def test_who_may_know_reads_it_all(self):
        for user in (self.legal_adviser, self.supervisor):
            for name in (CASE, "mail.message", "mail.activity", "calendar.event", "rating.rating"):
                with self.subTest(user=user.login, model=name):
                    records = self._records(self.env[name])
                    if name == "mail.message":
                        # Odoo shows a notice only to its recipients.
                        records = records.filtered_domain(
                            [("message_type", "!=", "user_notification")]
                        )
                    records = self.on(user, records)
                    self.assertEqual(records._filtered_access("read"), records)
                    self.assertIn(WORD, self._read(records))

    def test_nobody_exports_it(self):
        for who, user in self.excluded.items():
            with self.subTest(who=who):
                if not user.share:
                    user.group_ids += self.env.ref("base.group_allow_export")
                cases = self.on(user, self.case)
                with self.assertRaises(UserError):
                    cases.export_data(["subject"])
                with suppress(UserError):
                    self.assertNotIn(WORD, str(cases.action_export_xlsx()))

    def test_counts_and_grids_do_not_count_it(self):
        """Only users who may know of the case see a higher number of cases."""
        for who, user in self.excluded.items():
            if user.share or user in self.outsider | self.agent_chile:
                continue
            with self.subTest(who=who):
                mine = self.on(user, self.holder)
                self.assertNotIn(self.case.id, mine.atencion_case_ids.ids)
                cases = self.on(user, self.env[CASE]).with_context(active_test=False)
                self.assertFalse(cases.search_count([("id", "=", self.case.id)]))
                other = self.on(user, self.create_case(user_id=user.id, partner_id=self.holder.id))
                self.assertNotIn(self.case.id, other.previous_case_ids.ids)

    # -------------------------------------------------------------------------
    # Helpers
    # -------------------------------------------------------------------------

    def _pairs(self):
        """Each person with each model and its records about the case."""
        for name in CHANNELS:
            model = self.env.get(name)
            records = model is not None and self._records(model)
            if records:
                for who, user in self.excluded.items():
                    yield who, user, name, records

    def _records(self, model):
        """The records of a model that point to the case."""
        model = model.with_context(active_test=False)
        if model._name == CASE:
            return self.case
        stored = model._fields.keys() & {
            name for name, field in model._fields.items() if field._description_searchable
        }
        domains = [
            Domain(name, "in", self.case.ids) for name in pointing_fields(model) if name in stored
        ]
        named = next((name for name in MODEL_NAMES if name in stored), None)
        if named and "res_id" in stored:
            domains.append(Domain(named, "=", CASE) & Domain("res_id", "=", self.case.id))
        return model.search(Domain.OR(domains)) if domains else model.browse()

    def _read(self, records):
        """Everything that the user may read of records, as text."""
        names = [
            name
            for name in records.fields_get(attributes=["type"])
            if records._fields[name].type != "binary"
        ]
        if records._name in ("res.partner", "res.users"):
            names = [name for name in names if name.startswith("atencion_")]
        labels = {
            name: {"fields": {"display_name": {}}}
            for name in names
            if records._fields[name].relational
        }
        try:
            return json.dumps([records.read(names), records.web_read(labels)], default=str)
        except UserError:
            shown = [self._read_field(records, name) for name in names]
            return "".join(shown)

    def _read_field(self, records, name):
        with suppress(UserError):
            label = {name: {"fields": {"display_name": {}}}}
            shown = str(records.read([name]))
            if records._fields[name].relational:
                shown += str(records.web_read(label))
            return shown
        return ""
