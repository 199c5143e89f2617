from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .support.client_requests import ClientRequests, calls_of
from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestCaseEmptyLists(ClientRequests, AtencionCommon):
    """A form shows the same, whether its lists are empty or not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.empty, cls.full = cls.create_cases(2, user_id=cls.agent.id)
        model = cls.env["ir.model"]._get_id("atencion.case")
        todo = cls.env.ref("mail.mail_activity_data_todo").id
        cls.env["mail.activity"].create(
            {"activity_type_id": todo, "res_model_id": model, "res_id": cls.full.id}
        )
        cls.env["atencion.call"].create({"case_id": cls.full.id, "note": "Called"})
        cls.env["atencion.case.document"].create({"case_id": cls.full.id, "name": "Plan"})
        cls.full.note_ids = [(0, 0, {"name": "Note", "body": "<p>Seen</p>"})]
        cls.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": "2026-03-02 15:00:00",
                "stop": "2026-03-02 16:00:00",
                "res_model_id": model,
                "res_id": cls.full.id,
            }
        )
        cls.env.flush_all()

    def specification(self):
        [call] = [call for call in calls_of("form") if call["method"] == "web_read"]
        return call["kwargs"]["specification"]

    # Both read at the same moment: the shares of a time without length are of its seconds.
    @freeze_time(datetime.now() + timedelta(days=1))
    def test_all_at_once_is_what_one_by_one_is(self):
        for case in (self.empty, self.full):
            for user in (self.agent, self.supervisor):
                seen = self.on(user, case)
                [together] = seen.web_read(self.specification())
                for name, of in self.specification().items():
                    with self.subTest(case=case.name, user=user.login, field=name):
                        self.env.invalidate_all()
                        [alone] = seen.web_read({name: of})
                        self.assertEqual(together[name], alone[name])

    def test_what_is_there_is_shown(self):
        [values] = self.on(self.agent, self.full).web_read(self.specification())
        for name in ("all_activity_ids", "document_ids", "event_ids", "note_ids"):
            self.assertTrue(values[name], name)
        self.assertEqual([values["call_count"], values["event_count"]], [1, 1])

    def test_what_was_just_written_is_shown(self):
        case = self.on(self.agent, self.empty)
        [before] = case.web_read(self.specification())
        self.assertFalse(before["note_ids"])
        values = {"note_ids": [(0, 0, {"name": "Note", "body": "<p>Seen</p>"})]}
        [after] = case.web_save(values, self.specification())
        self.assertEqual(len(after["note_ids"]), 1)
