from odoo import Command

from .notices import NoticesCommon


class DocumentsCommon(NoticesCommon):
    """A type whose cases move as documents arrive, and whose customers are reminded.

    ::

        Deed          mandatory                      5 days
        Identity card mandatory, optional for tenants
        Power         mandatory for a proxy only
        Photographs   optional
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type_moving = cls.env["atencion.case.type"].create(
            {
                "name": "Deed",
                "area_id": cls.repairs.id,
                "company_id": cls.lima.id,
                "max_days": 20,
                "auto_advance": True,
                "reminder_days": 3,
                "max_reminders": 2,
                "requirement_ids": [
                    Command.create({"name": "Deed", "due_days": 5}),
                    Command.create({"name": "Identity card"}),
                    Command.create(
                        {"name": "identity  Card", "relation": "tenant", "mandatory": False}
                    ),
                    Command.create({"name": "Power", "relation": "proxy"}),
                    Command.create({"name": "Photographs", "mandatory": False}),
                ],
            }
        )

    @classmethod
    def moving_case(cls, **vals):
        return cls.create_case(**({"type_id": cls.type_moving.id} | vals))

    @classmethod
    def line(cls, case, name="Deed"):
        return case.document_ids.filtered(lambda line: line.name == name)

    @classmethod
    def receive(cls, case, *names):
        for name in names:
            cls.line(case, name).state = "received"

    def codes(self, case):
        """The states that a case has been in."""
        return (
            self.ledger_entries(case)
            .stage_id.browse([row.stage_id.id for row in self.ledger_entries(case)])
            .mapped("code")
        )

    def file(self, user=None, size=4, **vals):
        """A file that a user has just uploaded."""
        model = self.on(user, self.env["ir.attachment"]) if user else self.env["ir.attachment"]
        return model.create({"name": "card.pdf", "raw": b"x" * size} | vals)

    def log(self, case):
        """What the log of a case says last."""
        return case.message_ids[0].body
