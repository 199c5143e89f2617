import json
from copy import deepcopy

from psycopg2 import Error as DatabaseError

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .common import AtencionCommon

# In every text of what is hidden: no answer contains it.
HUSHED = "Hushed"
OURS = "atencion_cliente"
# Their rules hide no record: Odoo hides fields of an event, and reads every plan.
ALL_READ = ("calendar.event", "mail.activity.plan")
LOGGERS = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
RELATIONS = ("many2one", "one2many", "many2many", "reference", "many2one_reference")


class HiddenCommon(AtencionCommon):
    """Users of one company, and records that they may not read, of every model with rules.

    ::

        agent, supervisor_lima, manager_lima     Lima only
        hidden to all of them                    records of Santiago
        hidden to the agent, too                 cases: secret (confidential), elsewhere (of
                                                 an area that is not his), and their notes

    Each text of what is hidden has the word “Hushed”.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supervisor_lima, cls.manager_lima = (
            new_test_user(
                cls.env,
                f"test_{name}_lima",
                groups=f"{OURS}.group_{name}",
                company_id=cls.lima.id,
                company_ids=[Command.set(cls.lima.ids)],
                lang="en_US",
                context={"no_reset_password": True},
            )
            for name in ("supervisor", "manager")
        )
        cls.roles = (cls.agent, cls.supervisor_lima, cls.manager_lima)
        cls.visible = cls._visible()
        cls.hidden = cls._hidden_to_all()
        cls.hidden_to_agent = cls._hidden_to_agent()
        cls.env.flush_all()

    @classmethod
    def _visible(cls):
        """A record by model that all of the users may read."""
        env = cls.env
        case = cls.create_case(user_id=cls.agent.id, partner_id=cls.holder.id)
        solution = env["atencion.solution"].create(
            {"name": "Seal", "solution": "<p>Change it</p>", "company_id": cls.lima.id}
        )
        rule = env["atencion.escalation.rule"].create(
            {"name": "Late", "company_id": cls.lima.id, "hours": 5, "notify_alert": True}
            | {"role_id": env["res.role"].create({"name": "Listeners"}).id}
        )
        received = env["atencion.incoming.mail"].create(
            {"digest": "visible", "company_id": cls.lima.id}
        )
        records = (case, solution, rule, received, cls.contract, cls.flat, cls.repairs, cls.holder)
        records += (cls.stages["WCE"], cls.type_two_days, cls.project, cls.tower, cls.lima)
        template = env["atencion.document.template"].create(
            {"name": "Letter", "subject": "About {{ object.name }}", "body_html": "<p>Hello</p>"}
        )
        return {record._name: record for record in (*records, template, cls.agent)}

    @classmethod
    def _hidden_to_all(cls):
        """Records by model that none of the users may read."""
        env, company, text = cls.env, cls.santiago.id, HUSHED
        cls.service_chile.name = cls.type_chile.name = cls.project_chile.name = text
        cls.santiago.name = text
        own = {"name": text, "company_id": company}
        partner = env["res.partner"].create(own | {"email": "hushed@example.com"})
        unit = env["atencion.unit"].create(
            {"name": text, "code": text, "project_id": cls.project_chile.id}
        )
        block = env["atencion.block"].create({"name": text, "project_id": cls.project_chile.id})
        contract = cls._contract(text, unit, {partner: 100})
        html = f"<p>{text}</p>"
        solution = env["atencion.solution"].create(own | {"solution": html})
        role = env["res.role"].create({"name": "Others"})
        rule = env["atencion.escalation.rule"].create(
            own | {"hours": 5, "notify_alert": True, "role_id": role.id}
        )
        template = env["atencion.document.template"].create(
            own | {"subject": text, "body_html": html}
        )
        case = cls._hushed_case(type_id=cls.type_chile.id, partner_id=partner.id)
        simple = [
            env[f"atencion.{model}"].create(own)
            for model in ("case.category", "handover.item", "place")
        ]
        scheme = env["atencion.warranty.scheme"].create(own)
        requirement = env["atencion.document.requirement"].create(
            {"name": text, "type_id": cls.type_chile.id}
        )
        note = env["atencion.note"].create(own | {"body": html, "case_ids": case.ids})
        records = (partner, unit, block, contract, solution, rule, template, case, *simple, scheme)
        records += (requirement, note, cls.service_chile, cls.type_chile, cls.santiago)
        # Odoo hides users only who are customers.
        customer = cls._customer_of_santiago()
        records += (cls.project_chile, customer, contract.holder_ids)
        # Somebody else's dialog.
        change = env["atencion.contract.holder.change"].create(
            {"contract_id": cls.contract.id, "note": text}
        )
        file = env["ir.attachment"].create(
            {"name": text, "raw": b"x", "res_model": case._name, "res_id": case.id}
        )
        notification = env["atencion.area.notification"].create(
            {"area_id": cls.service_chile.id, "user_id": cls.agent_chile.id}
        )
        term = env["atencion.warranty.term"].create(
            {"scheme_id": scheme.id}
            | {"element_id": env["atencion.warranty.element"].create({"name": text}).id}
        )
        log = env["atencion.escalation.log"].create(
            {"case_id": case.id, "rule_id": rule.id, "fired_at": case.received_at, "reopening": 1}
            | {"mode": "active"}
        )
        check = env["atencion.handover.check"].create(
            {"name": text, "contract_id": contract.id, "unit_id": unit.id}
        )
        writer = env["atencion.case.writer"].create(
            {"case_id": case.id, "name": text, "email": "hushed.writer@example.com"}
        )
        received = env["atencion.incoming.mail"].create(
            {"digest": text, "subject": text, "email_from": text, "company_id": company}
        )
        call = env["atencion.call"].create({"case_id": case.id, "phone": text, "note": text})
        records += (
            call,
            received,
            check,
            writer,
            notification,
            term,
            log,
            case.document_ids[:1],
            case.history_ids[:1],
            case.correction_ids[:1],
        )
        power = env["atencion.representative"].create(
            {"contract_id": contract.id, "principal_id": partner.id}
            | {"partner_id": env["res.partner"].create(own).id}
        )
        words = env["atencion.whatsapp.text"].create(
            {"name": text, "company_id": company, "body": text}
        )
        chat = env["atencion.whatsapp.chat"].create(
            {"case_id": case.id, "file_ids": [Command.create({"name": text})]}
        )
        records += (change, change.line_ids[:1], file, power, words, chat, chat.file_ids)
        return {record._name: record for record in records}

    @classmethod
    def _customer_of_santiago(cls):
        return new_test_user(
            cls.env,
            "test_hushed",
            name=HUSHED,
            groups="base.group_portal",
            company_id=cls.santiago.id,
            company_ids=[Command.set(cls.santiago.ids)],
            context={"no_reset_password": True},
        )

    @classmethod
    def _hidden_to_agent(cls):
        """Records of Lima that the agent may not read: a list by model."""
        secret = cls._hushed_case(is_confidential=True)
        elsewhere = cls._hushed_case(area_id=cls.deeds.id)
        note = cls.env["atencion.note"].create(
            {"name": HUSHED, "body": f"<p>{HUSHED}</p>", "case_ids": secret.ids}
        )
        return {"atencion.case": secret | elsewhere, "atencion.note": note}

    @classmethod
    def _hushed_case(cls, **vals):
        html = f"<p>{HUSHED}</p>"
        texts = {"subject": HUSHED, "description": html, "resolution": html, "response": html}
        texts |= {"requester_firstname": HUSHED, "requester_lastname": HUSHED}
        case = cls.create_case(**texts, **vals)
        case.document_ids = [Command.create({"name": HUSHED, "mandatory": False})]
        case.request_date = "2025-01-06"  # a correction
        return case

    # -------------------------------------------------------------------------
    # Helpers
    # -------------------------------------------------------------------------

    def specimens(self, user, model):
        """The records of a model that a user may not read.

        There are none of a model that everybody reads. Of the others there is one above:
        whoever makes a field to another model adds it there.
        """
        empty = self.env[model]
        if not empty.with_user(user).has_access("read"):
            return empty.search([], limit=1)
        records = self.hidden.get(model, empty)
        if user == self.agent:
            records |= self.hidden_to_agent.get(model, empty)
        rules = self.on(user, self.env["ir.rule"])._compute_domain(model, "read")
        if not records and not rules.is_true() and model not in ALL_READ:
            self.fail(f"add a record of {model} that is hidden from {user.login}")
        self.assertFalse(self.on(user, records)._filtered_access("read"), model)
        return records

    def relations(self, model):
        """The relations of a model that are ours."""
        return [
            field
            for field in model._fields.values()
            if field.type in RELATIONS
            and (field._module or "").startswith(OURS)
            and field.name not in ("create_uid", "write_uid")
        ]

    def spec(self, model):
        """What a form would show: every field, and the labels of what they link to."""
        label = {"fields": {"display_name": {}}}
        return {
            name: label if field.relational else {}
            for name, field in model._fields.items()
            if model._has_field_access(field, "read")
        }

    def assertChecked(self, model):
        """A model checks what is linked by each relation of ours."""
        relations = {field.name for field in self.relations(model)}
        with self.subTest(model=model._name):
            self.assertIsInstance(model, self.env.registry["atencion.readable.links"])
            if model._checked_links is not None:
                self.assertEqual(relations, model._checked_links)

    def assertKept(self, method, *args):
        """Neither the answer of a call nor its refusal has a text of what is hidden."""
        return self._answer(method, args, (UserError, DatabaseError, ValueError))

    def assertRefused(self, method, *args):
        """A call is refused in words, or has done nothing."""
        self.assertFalse(self._answer(method, args, UserError), "it was not refused")

    def _answer(self, method, args, refusals):
        answer, said = None, ""
        try:
            with mute_logger(*LOGGERS, "odoo.sql_db"), self.env.cr.savepoint():
                answer = method(*deepcopy(args))
        except refusals as refusal:
            said = str(refusal)
        shown = json.dumps([answer, said], default=str).lower()
        self.assertNotIn(HUSHED.lower(), shown)
        return answer

    def hidden_values(self, user, field):
        """What a client may send of a field, to link what the user may not read.

        Of one record whatever a client could write, of others the usual value.
        """
        for place, target in enumerate(self.specimens(user, field.comodel_name)):
            values = self.linked(field, target)
            yield values if not place else values[:1]

    def linked(self, field, target):
        """The values that a client may send of a field, to link a record."""
        one, number = target.id, str(target.id)
        if field.type == "many2one":
            return [one, number, {"id": one}, [one, "x"]]
        inverse = field.comodel_name.startswith("atencion.") and field.type == "one2many"
        commands = [[(4, one)], [(6, 0, [one])], [[4, number]], [(1, one, {})], [one]]
        return commands[:2] if inverse else commands
