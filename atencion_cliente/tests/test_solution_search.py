from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from ..tools import spanish
from .support.solutions import SolutionsCommon


@tagged("post_install", "-at_install")
class TestSolutionSearch(SolutionsCommon):
    """The solutions that a search finds, their order, and the solutions offered for a case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Solutions of demo data or other tests must not be found.
        cls.env["atencion.solution"].search([]).write({"company_id": cls.santiago.id})
        cls.shower = cls.create_solution(
            "Filtración en la ducha",
            "Se cambió el sello de silicona y se probó 24 h.",
            cls.leaks,
            problem="<p>Humedad en el muro contiguo</p>",
        )
        cls.door = cls.create_solution(
            "Puerta que roza el marco", "Se ajustaron las bisagras.", cls.doors
        )
        cls.tiles = cls.create_solution(
            "Porcelanato soplado", "Se reinstalaron cuatro piezas de cerámica.", cls.floors
        )
        cls.heater = cls.create_solution(
            "Terma sin presión", "Instalación de una válvula nueva en la tubería."
        )
        cls.mine = cls.shower | cls.door | cls.tiles | cls.heater

    def suggest(self, subject, user=None, **case):
        model = self.on(user or self.agent, self.env["atencion.solution"])
        offered = model.suggest(subject, **case)
        return self.env["atencion.solution"].browse([offer["id"] for offer in offered])

    # -------------------------------------------------------------------------
    # Words
    # -------------------------------------------------------------------------

    def test_words_of_customers_connect(self):
        self.assertFinds("fuga de agua en el baño", self.shower)
        self.assertFinds("gotera", self.shower)

    def test_accents_endings_and_capitals_do_not_matter(self):
        for words in (
            "filtración",
            "filtracion",
            "FILTRACIONES",
            "filtra",
            "ducha",
            "duchas",
            "húmedad muros",
            "filtracio\u0301n",
        ):
            with self.subTest(words=words):
                self.assertFinds(words, self.shower)
        for words in ("instalacion", "instalaciones", "valvula", "tuberias", "presiones"):
            with self.subTest(words=words):
                self.assertFinds(words, self.heater)

    def test_pasted_files_are_no_words(self):
        # PostgreSQL refuses to search a word of so many letters, and to keep one in its index.
        file = "iVBORw0KGgo" * 300
        self.assertFinds(f"ducha {file}", self.shower)
        self.assertEqual(self.suggest("ducha", description=f"<p>{file}</p>"), self.shower)
        pasted = self.create_solution("Cerradura", f"<p>Se cambió. {file}</p>", self.doors)
        self.assertFinds("cerradura", pasted)

    def test_misspelt_words_are_understood(self):
        for words, solutions in (
            ("filtrasion", self.shower),
            ("umedad", self.shower),
            ("silicoma", self.shower),
            ("gotrea", self.shower),
            ("vizagras", self.door),
            ("porselanato zoplado", self.tiles),
            ("balbula", self.heater),
            ("cañeria xyzw", self.env["atencion.solution"]),
        ):
            with self.subTest(words=words):
                self.assertFinds(words, solutions)

    def test_words_of_a_parent_category_serve_those_inside(self):
        self.assertEqual(self.find("remate"), self.tiles + self.door)
        self.finishes.keywords = "gozne"
        self.assertFalse(self.find("remate"))
        self.assertEqual(self.find("gozne"), self.tiles + self.door)

    def test_all_words_are_asked_for_and_else_the_closest(self):
        both = self.create_solution("Puerta de la ducha")
        self.assertFinds("puerta ducha", both)
        self.assertEqual(self.find("bisagras inundadas puerta")[:1], self.door)

    def test_nothing_is_asked_or_nothing_is_found(self):
        every_one = self.env["atencion.solution"].search([])
        self.assertEqual(self.find(""), every_one)
        for words in ("de la", "'", "\\", "& | ! ()", "qwrtplkj", "\x01", "<p>", "%", "cat1"):
            with self.subTest(words=words):
                self.assertFalse(self.find(words) & self.mine)

    def test_the_best_comes_first_and_an_order_is_heeded(self):
        title = self.create_solution("Bisagra vencida")
        later = self.create_solution("Otra cosa", "Se miró la bisagra")
        self.assertEqual(self.find("bisagra").ids, (title + later + self.door).ids)
        by_name = self.env["atencion.solution"].search(
            [("words", "ilike", "bisagra")], order="name desc"
        )
        self.assertEqual(by_name.ids, (self.door + later + title).ids)
        oldest = self.env["atencion.solution"].search([("words", "=", "bisagra")], order="id")
        self.assertEqual(oldest.ids, (self.door + title + later).ids)
        page = self.on(self.agent, self.env["atencion.solution"]).web_search_read(
            [("words", "ilike", "bisagra"), ("state", "=", "active")], {"name": {}}, limit=1
        )
        self.assertEqual(page["length"], 3)
        self.assertEqual(page["records"][0]["id"], title.id)

    def test_negations_find_all_others_in_any_order(self):
        model = self.env["atencion.solution"]
        every = model.search([])
        for text, found in (
            ("bisagras", self.door),
            ("vizagras", self.door),
            ("filtracion", self.shower),
            ("qwrtplkj", model),
        ):
            for positive, negative in (
                *(("ilike", "not ilike"), ("like", "not like"), ("=ilike", "not =ilike")),
                *(("=", "!="), ("in", "not in")),
            ):
                value = [text] if "in" in positive.split() else text
                for order in (None, "id"):
                    with self.subTest(text=text, operator=positive, order=order):
                        asked, others = [("words", positive, value)], [("words", negative, value)]
                        self.assertEqual(model.search(asked, order=order), found)
                        rest = model.search(others, order=order)
                        self.assertEqual(set(rest), set(every - found))
                        self.assertEqual(model.search_count(others), len(rest))
                        self.assertEqual(model.search(["!", *asked], order=order), rest)

    def test_every_solution_contains_an_empty_text_and_none_is_without_words(self):
        model = self.env["atencion.solution"]
        every = model.search([])
        for operator, value, found in (
            *(("ilike", "", every), ("ilike", " ", every), ("not ilike", "", model)),
            *(("=", "", model), ("=", " ", model), ("=", False, model), ("!=", "", every)),
            *(("in", [False], model), ("in", ["", "bisagras"], self.door), ("in", [], model)),
            ("not in", ["", "bisagras"], every - self.door),
        ):
            for order in (None, "id"):
                with self.subTest(operator=operator, value=value, order=order):
                    solutions = model.search([("words", operator, value)], order=order)
                    self.assertEqual(set(solutions), set(found))

    def test_words_go_with_other_filters_and_groups(self):
        model = self.env["atencion.solution"]
        domain = [("words", "ilike", "bisagras"), ("category_id", "child_of", self.finishes.id)]
        self.assertEqual(model.search(domain), self.door)
        groups = model.formatted_read_group(domain, ["category_id"], ["__count"])
        self.assertEqual([group["__count"] for group in groups], [1])
        self.assertFalse(model.search([("words", "ilike", "x"), ("words", "ilike", "bisagras")]))

    def test_the_search_follows_the_texts(self):
        self.door.name = "Ventana"
        self.assertFinds("ventanas", self.door)
        self.assertFalse(self.find("puerta"))
        self.door.category_id = self.leaks
        self.assertEqual(self.find("gotera"), self.door + self.shower)

    def test_sql_folds_texts_as_python_folds_queries(self):
        texts = (
            "Filtración en la DUCHA; 24 h, A-101 &amp; <b>ñandú</b><br/>línea",
            "instalaciones, presión/presiones. Humedades—y tuberías…",
            "pingüino Çelik São İstanbul ß Ω 𝔘 e\u0301",
            "<p class='a>b'>x</p> 1 < 2 > 0",
        )
        for text in texts:
            with self.subTest(text=text):
                ((lexemes,),) = self.env.execute_query(
                    SQL(
                        "SELECT tsvector_to_array(%s)",
                        self.env["atencion.solution"]._vector_of(SQL("%s::text", text)),
                    )
                )
                ((folded,),) = self.env.execute_query(
                    SQL(
                        "SELECT tsvector_to_array(to_tsvector('pg_catalog.spanish', %s))",
                        spanish.fold(text),
                    )
                )
                self.assertEqual(lexemes, folded)

    def test_only_what_the_user_reads_is_found(self):
        foreign = self.create_solution("Bisagra chilena", company_id=self.santiago.id)
        self.assertEqual(self.find("bisagra", self.agent), self.door)
        self.assertEqual(self.find("bisagra", self.agent_chile), foreign)
        for user in (self.outsider, self.customer, self.public):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.find("bisagra", user)

    # -------------------------------------------------------------------------
    # Offer
    # -------------------------------------------------------------------------

    def test_a_case_is_offered_what_fits(self):
        offered = self.suggest(
            "Fuga de agua en el baño", description="<p>Se moja el <b>muro</b></p>"
        )
        self.assertEqual(offered, self.shower)
        self.assertFalse(self.suggest("Estado de cuenta"))
        self.assertFalse(self.suggest(""))
        self.assertFalse(self.suggest(False, description=False))

    def test_offer_tells_what_is_shown(self):
        model = self.on(self.agent, self.env["atencion.solution"])
        (offer,) = model.suggest("Filtración de la ducha")
        self.assertEqual(
            offer,
            {
                "id": self.shower.id,
                "name": "Filtración en la ducha",
                "text": "Se cambió el sello de silicona y se probó 24 h.",
                "category": "Impermeabilización / Filtraciones y humedad",
                "applied_count": 0,
                "measured_count": 0,
                "success_rate": 0.5,
            },
        )

    def test_category_and_success_decide_between_equal_texts(self):
        self.assertFalse(self.suggest("Ventana trabada"))
        first, second, third = (
            self.create_solution("Ventana trabada", f"Se hizo {number}", category)
            for number, category in enumerate((self.leaks, self.doors, self.floors))
        )
        self.assertEqual(
            self.suggest("Ventana trabada", category_id=self.doors.id).ids,
            (second + third + first).ids,
        )
        self.assertEqual(self.suggest("Ventana trabada")[0], third, "the newest of equal ones")
        closed = self.create_cases(
            3, solution_id=first.id, resolution="<p>Other</p>", received_at=datetime(2025, 1, 1)
        )
        then = closed._at(datetime(2025, 1, 3))
        closed._write_checked({"solution_applied_at": datetime(2025, 1, 2)})
        then._change_stage(self.stages["CLO"], "Done")
        self.assertEqual(self.suggest("Ventana trabada")[0], first, "it held three times")

    def test_place_decides_between_equal_texts(self):
        kitchen, bath = self.env["atencion.place"].create([{"name": "Kitchen"}, {"name": "Bath"}])
        first, second = (
            self.create_solution("Ventana trabada", f"Se hizo {number}", self.leaks)
            for number in range(2)
        )
        first.place_id, second.place_id = kitchen, bath
        self.assertEqual(self.suggest("Ventana trabada"), second + first)
        self.assertEqual(self.suggest("Ventana trabada", place_id=kitchen.id), first + second)

    def test_what_is_never_offered(self):
        subject = "Bisagras de la puerta"
        self.assertEqual(self.suggest(subject), self.door)
        self.door.write({"state": "revoked", "revoked_reason": "Wrong"})
        self.assertFalse(self.suggest(subject))
        self.door.state = "active"
        case = self.create_case()
        self.door.case_id = case
        self.assertFalse(self.suggest(subject, case_id=case.id), "its own")
        case.is_confidential = True
        self.assertFalse(self.suggest(subject, user=self.supervisor))
        self.assertFalse(self.suggest(subject, user=self.agent_chile))
        self.assertFalse(self.suggest(subject, user=self.supervisor, company_id=self.santiago.id))

    def test_five_at_most_and_each_text_once(self):
        for number in range(7):
            self.create_solution(f"Ventana trabada {number}", f"Se cambió {number}")
        self.assertEqual(len(self.suggest("Ventana trabada")), 5)
        self.create_solution("Reja trabada", "Se engrasó")
        newest = self.create_solution("Reja trabada", "Se engrasó")
        self.assertEqual(self.suggest("Reja")[:1], newest)
        self.assertEqual(len(self.suggest("Reja")), 1)

    def test_strangers_get_no_offer(self):
        for user in (self.outsider, self.customer, self.public):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.suggest("Bisagras", user=user)

    def test_long_and_hostile_texts_are_taken(self):
        offered = self.suggest(
            "Bisagras' \\ & | ! :* " + "puerta " * 5000,
            description="<script>alert(1)</script><p>" + "agua " * 50_000,
        )
        self.assertIn(self.door, offered)
