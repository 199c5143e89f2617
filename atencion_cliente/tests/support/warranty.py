from odoo import Command
from odoo.tests import BaseCase


class WarrantyCase(BaseCase):
    """A scheme of its own for project Gardens, and the categories that it covers.

    ::

        finishes       1 year, handover        category Doors, inside Finishes
        installations  18 months, registration
        structure      10 years, reception     category Walls
        waterproofing  no term                 category Leaks
                                               category Payments: no element
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elements = {
            name: cls.env.ref(f"atencion_cliente.warranty_element_{name}")
            for name in ("finishes", "installations", "waterproofing", "structure")
        }
        cls.scheme = cls.make_scheme(
            finishes=(1, "years", "handover"),
            installations=(18, "months", "registration"),
            structure=(10, "years", "reception"),
        )
        cls.project.warranty_scheme_id = cls.scheme
        finishes = cls.make_category("Finishes", "finishes")
        cls.categories = {
            "doors": cls.make_category("Doors", parent_id=finishes.id),
            "pipes": cls.make_category("Pipes", "installations"),
            "leaks": cls.make_category("Leaks", "waterproofing"),
            "walls": cls.make_category("Walls", "structure"),
            "payments": cls.make_category("Payments"),
        }

    @classmethod
    def make_scheme(cls, name="Gardens", company=None, **terms):
        """A scheme with a term by element: duration, unit, start event."""
        return cls.env["atencion.warranty.scheme"].create(
            {
                "name": name,
                "company_id": company and company.id,
                "term_ids": [
                    Command.create(
                        {
                            "element_id": cls.elements[element].id,
                            "duration": duration,
                            "unit": unit,
                            "start_event": event,
                        }
                    )
                    for element, (duration, unit, event) in terms.items()
                ],
            }
        )

    @classmethod
    def make_category(cls, name, element=None, **vals):
        element_id = cls.elements[element].id if element else False
        return cls.env["atencion.case.category"].create(
            {"name": name, "element_id": element_id} | vals
        )

    @classmethod
    def ask(cls, category="doors", day="2024-06-01", **vals):
        """A case about the flat of contract CT-1, asked on a day."""
        if "unit_id" not in vals and "contract_id" not in vals:
            vals["contract_id"] = cls.contract.id
        return cls.create_case(category_id=cls.categories[category].id, request_date=day, **vals)

    def uphold(self, case, day):
        """Attend a case on a day, and close it as upheld."""
        case.write({"resolution": "<p>Repaired</p>", "attention_date": day})
        self.move(case, "CLO")
