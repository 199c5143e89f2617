from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .support.common import AtencionCommon

# Configuration that always has a company, or that the system writes: not shared.
OF_A_COMPANY = {
    "atencion.area",
    "atencion.area.notification",
    "atencion.block",
    "atencion.contract",
    "atencion.contract.holder",
    "atencion.escalation.log",
    "atencion.escalation.rule",
    "atencion.handover.check",
    "atencion.note",
    "atencion.project",
    "atencion.recalculation",
    "atencion.representative",
    "atencion.setting.change",
    "atencion.solution",
    "atencion.unit",
    "atencion.unit.warranty",
}
# Written by the system only, or a database view.
OF_THE_SYSTEM = {"atencion.incoming.mail", "atencion.solution.word", "atencion.unit.case.report"}
# Cases and their lines: of the company of the case.
OF_A_CASE = {
    "atencion.call",
    "atencion.case",
    "atencion.case.access",
    "atencion.case.correction",
    "atencion.case.document",
    "atencion.case.history",
    "atencion.case.writer",
    "atencion.delivery.failure",
}


@tagged("post_install", "-at_install")
class TestSharedConfiguration(AtencionCommon):
    """Only users who may act in all companies change shared configuration."""

    serial = 0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.local = new_test_user(
            cls.env,
            "test_local_manager",
            groups="atencion_cliente.group_manager",
            company_id=cls.lima.id,
            company_ids=[(6, 0, cls.lima.ids)],
            context={"no_reset_password": True},
        )

    def shared_models(self):
        shared = self.env.registry["atencion.shared"]
        return [
            model
            for model in self.env.values()
            if not model._abstract and issubclass(type(model), shared)
        ]

    def shared_record(self, model):
        """A record of a model that serves every company."""
        self.serial += 1
        values = {"name": f"Of all {self.serial}"} if "name" in model._fields else {}
        if "company_id" in model._fields:
            values["company_id"] = False
        kind = self.env["atencion.case.type"].create({"name": "All", "company_id": False})
        scheme = self.env["atencion.warranty.scheme"].create({"name": "All", "company_id": False})
        plan = {"name": "All", "res_model": "atencion.case", "company_id": False}
        extra = {
            "atencion.case.stage": {"code": f"ALL{self.serial}"},
            "atencion.document.requirement": {"type_id": kind.id},
            "atencion.document.template": {"body_html": "<p>A</p>"},
            "atencion.request.detail": {},
            "atencion.synonym": {"name": f"tap{self.serial}, faucet{self.serial}"},
            "atencion.warranty.term": {
                "scheme_id": scheme.id,
                "element_id": self.env["atencion.warranty.element"].create({"name": "Roof"}).id,
            },
            "atencion.whatsapp.text": {"body": "Hello {name}"},
            "mail.activity.plan": plan,
            "mail.activity.plan.template": {
                "plan_id": self.env["mail.activity.plan"].create(plan).id,
                "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                "summary": "All",
            },
        }
        values |= extra.get(model._name, {})
        required = [
            name
            for name, field in model._fields.items()
            if field.required and field.type == "many2one" and name not in values
        ]
        values |= {name: model[name].search([], limit=1).id for name in required}
        return model.create({name: values[name] for name in values if name in model._fields})

    def test_every_configuration_of_ours_is_shared_or_of_a_company(self):
        concrete = {
            model._name
            for model in self.env.values()
            if model._name.startswith("atencion.")
            and not model.is_transient()
            and not model._abstract
        }
        shared = {model._name for model in self.shared_models()}
        self.assertEqual(concrete - shared, OF_A_COMPANY | OF_A_CASE | OF_THE_SYSTEM)
        for name in OF_A_COMPANY & concrete:
            with self.subTest(model=name):
                field = self.env[name]._fields.get("company_id")
                self.assertTrue(
                    name in ("atencion.area.notification", "atencion.unit.warranty")
                    or field.required
                    or field.related
                )

    def test_who_lacks_a_company_changes_nothing_shared(self):
        for model in self.shared_models():
            with self.subTest(model=model._name):
                record = self.on(self.local, self.shared_record(model))
                self.assertTrue(record.has_access("read"))
                name = "sequence" if "sequence" in model._fields else "name"
                value = 77 if name == "sequence" else "Changed, altered"
                changes = [
                    lambda record=record, name=name, value=value: record.write({name: value}),
                    lambda record=record: record.unlink(),
                ]
                if model._name.startswith("atencion."):
                    changes.append(lambda record=record: self.shared_record(record.browse()))
                for change in changes:
                    with self.assertRaises(AccessError) as refusal:
                        change()
                    self.assertIn("all of them", str(refusal.exception))
                self.assertFalse(record.has_access("write"))

    def test_who_acts_everywhere_changes_it(self):
        for model in self.shared_models():
            with self.subTest(model=model._name):
                record = self.on(self.manager, self.shared_record(model))
                name = "sequence" if "sequence" in model._fields else "name"
                record.write({name: 77 if name == "sequence" else "Changed, altered"})
                record.unlink()

    def test_a_company_opened_later_counts(self):
        source = self.env["atencion.source"].create({"name": "Fair"})
        self.on(self.manager, source).name = "Fair of May"
        company = self.env["res.company"].create({"name": "Bogotá Homes"})
        with self.assertRaises(AccessError):
            self.on(self.manager, source).name = "Fair of June"
        company.active = False
        self.on(self.manager, source).name = "Fair of June"

    def test_what_is_of_a_company_its_administrator_changes(self):
        kind = self.on(self.local, self.type_two_days)
        kind.name = "Leaks"
        kind.requirement_ids = [(0, 0, {"name": "Photograph"})]
        scheme = self.on(self.local, self.env["atencion.warranty.scheme"]).create(
            {"name": "Own", "company_id": self.lima.id}
        )
        scheme.name = "Own warranties"

    def test_nothing_is_shared_behind_the_back_of_others(self):
        kind = self.on(self.local, self.type_two_days)
        item = self.on(self.local, self.env["atencion.handover.item"]).create(
            {"name": "Taps", "company_id": self.lima.id}
        )
        with self.assertRaises(AccessError):
            item.company_id = False
        with self.assertRaises(AccessError):
            kind.create({"name": "For all", "company_id": False})
        shared = self.env["atencion.case.type"].create({"name": "All", "company_id": False})
        with self.assertRaises(AccessError):
            self.on(self.local, shared).requirement_ids = [(0, 0, {"name": "Photograph"})]
        own = self.on(self.local, self.type_documents).requirement_ids[:1]
        with self.assertRaises(AccessError):
            own.type_id = shared
        sources = self.on(self.local, self.env["atencion.source"])
        self.assertFalse(sources.load(["name"], [["From a file"]])["ids"])

    def test_odoos_own_right_goes_on(self):
        """A user who may change roles without this addon still may."""
        role = self.env["res.role"].create({"name": "Guard"})
        self.local.group_ids += self.env.ref("base.group_erp_manager")
        self.on(self.local, role).name = "Night guard"
