from .common import AtencionCommon

RESOLUTION = "<p>The silicone seal of the shower was changed</p>"


class SolutionsCommon(AtencionCommon):
    """Categories of a guarantee with the words of customers, and solutions in Spanish."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Category = cls.env["atencion.case.category"]
        cls.waterproofing, cls.finishes = Category.create(
            [
                {"name": "Impermeabilización"},
                {"name": "Acabados", "keywords": "detalle, remate"},
            ]
        )
        cls.leaks, cls.doors, cls.floors = Category.create(
            [
                {
                    "name": "Filtraciones y humedad",
                    "parent_id": cls.waterproofing.id,
                    "keywords": "fuga, gotera, agua, baño, mancha",
                },
                {"name": "Carpintería de madera", "parent_id": cls.finishes.id},
                {"name": "Pisos y zócalos", "parent_id": cls.finishes.id},
            ]
        )
        cls.env.flush_all()

    @classmethod
    def create_solution(cls, name, solution="Se atendió.", category=None, **vals):
        return cls.env["atencion.solution"].create(
            {
                "name": name,
                "solution": f"<p>{solution}</p>",
                "category_id": category.id if category else False,
                "company_id": cls.lima.id,
            }
            | vals
        )

    @classmethod
    def solution_of(cls, case):
        return cls.env["atencion.solution"].search([("case_id", "in", case.ids)])

    @classmethod
    def find(cls, words, user=None):
        model = cls.env["atencion.solution"]
        if user:
            model = cls.on(user, model)
        return model.search([("words", "ilike", words)])

    def assertFinds(self, words, solutions):
        self.assertEqual(self.find(words), solutions, words)
