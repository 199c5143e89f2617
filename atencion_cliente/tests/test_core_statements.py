"""What others do with records that are not ours costs what it costs without our overrides."""

from contextlib import ExitStack
from unittest.mock import patch

from odoo.tests import tagged

from .support.core_records import LATER, START, CoreRecords

# Whose messages they are is read before any is deleted, once for all of them.
MORE = {"messages deleted": 1}
OURS = "odoo.addons.atencion_cliente"
# Of Odoo's models that companies use beside us, the ones that we extend.
CORE_MODELS = (
    "base_import.import",
    "calendar.event",
    "crm.lead",
    "ir.attachment",
    "mail.activity",
    "mail.compose.message",
    "mail.followers",
    "mail.message",
    "mail.scheduled.message",
    "rating.rating",
    "product.template",
    "res.partner",
    "sale.order",
    "sale.order.line",
)


@tagged("post_install", "-at_install")
class TestCoreStatements(CoreRecords):
    def test_flows_cost_what_they_cost_without_our_overrides(self):
        flows = {
            "events created": (None, lambda count: self.events(count)),
            "events renamed": (self.events, lambda events: events.write({"name": "x"})),
            "events moved": (self.events, lambda events: events.write(dict(LATER))),
            "events moved by another": (
                self.events,
                lambda events: events.with_user(self.clerk).write(dict(LATER)),
            ),
            "events moved one by one": (
                self.events,
                lambda events: [event.write(dict(LATER)) for event in events],
            ),
            "guests": (
                self.events,
                lambda events: events.write({"partner_ids": [(4, self.partner.id)]}),
            ),
            "events archived": (self.events, lambda events: events.write({"active": False})),
            "events linked": (
                self.events,
                lambda events: events.write(
                    {
                        "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                        "res_id": self.partner.id,
                    }
                ),
            ),
            "events deleted": (self.events, lambda events: events.unlink()),
            "events deleted by another": (
                self.events,
                lambda events: events.with_user(self.clerk).unlink(),
            ),
            "activities created": (None, lambda count: self.activities(count)),
            "activities moved": (
                self.activities,
                lambda activities: activities.write({"date_deadline": START.date()}),
            ),
            "activities archived": (
                self.activities,
                lambda activities: activities.write({"active": False}),
            ),
            "activities to another": (
                self.activities,
                lambda activities: activities.write({"res_id": self.clerk.partner_id.id}),
            ),
            "activities done": (self.activities, lambda activities: activities.action_done()),
            "activities cancelled": (
                self.activities,
                lambda activities: activities.action_cancel(),
            ),
            "activities deleted": (self.activities, lambda activities: activities.unlink()),
            "contacts created": (None, lambda count: self.partners(count)),
            "contacts renamed": (self.partners, lambda partners: partners.write({"name": "x"})),
            "contacts moved": (
                self.partners,
                lambda partners: partners.write({"country_id": self.env.ref("base.ec").id}),
            ),
            "contacts of a firm": (
                self.partners,
                lambda partners: partners.write({"parent_id": self.partner.id}),
            ),
            "messages posted": (
                None,
                lambda count: [
                    self.partner.with_user(self.clerk).message_post(body=str(index))
                    for index in range(count)
                ],
            ),
            "messages read": (
                self.messages,
                lambda messages: messages.read(["body", "date", "author_id"]),
            ),
            "messages found": (
                self.messages,
                lambda messages: messages.search([("model", "=", "res.partner")]),
            ),
            "messages deleted": (self.messages, lambda messages: messages.unlink()),
            "files": (
                None,
                lambda count: self.of(self.clerk, "ir.attachment").create(
                    [
                        {
                            "name": "a",
                            "raw": b"a",
                            "res_model": "res.partner",
                            "res_id": self.partner.id,
                        }
                    ]
                    * count
                ),
            ),
            "contacts deleted": (self.partners, lambda partners: partners.unlink()),
        }
        for name, (prepare, act) in flows.items():
            for count in (1, 20):
                with self.subTest(name, records=count):
                    # The first time fills caches.
                    self.statements(prepare, act, count)
                    ours = self.statements(prepare, act, count)
                    with self.without_overrides():
                        self.statements(prepare, act, count)
                        theirs = self.statements(prepare, act, count)
                    self.assertLessEqual(ours, theirs + MORE.get(name, 0))

    def statements(self, prepare, act, count):
        """The statements of a flow on so many records, undone afterwards."""
        with self.env.cr.savepoint() as savepoint:
            records = prepare(count) if prepare else count
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            act(records)
            self.env.flush_all()
            statements = self.env.cr.sql_log_count - before
            savepoint.rollback()
        self.env.invalidate_all()
        return statements

    def without_overrides(self):
        """Let Odoo's methods run as if we had overridden none of its models."""
        stack = ExitStack()
        for model in CORE_MODELS:
            chain = self.env.registry.get(model, object).__mro__
            for position, cls in enumerate(chain):
                if not cls.__module__.startswith(OURS):
                    continue
                before = chain[position + 1 :]
                for name, value in list(vars(cls).items()):
                    overridden = any(name in vars(other) for other in before)
                    if callable(value) and overridden and not name.startswith("__"):
                        stack.enter_context(patch.object(cls, name, _passing(cls, name)))
        return stack


def _passing(cls, name):
    """A method that does what the one before it in the chain does."""

    def method(self, *args, **kwargs):
        return getattr(super(cls, self), name)(*args, **kwargs)

    return method
