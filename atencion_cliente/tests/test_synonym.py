from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import convert_file

from .support.solutions import SolutionsCommon

# Each query of a customer or an agent, and the solution that answers it.
QUERIES = {
    "caño": "tap",
    "grifo": "tap",
    "llave": "tap",
    "canilla": "tap",
    "canilla que gotea": "tap",
    "grifu": "tap",
    "chapa": "lock",
    "cerradura": "lock",
    "tomacorriente": "socket",
    "enchufe": "socket",
    "apagador": "switch",
    "llave de luz": "switch",
    "suiche": "switch",
    "regadera": "shower",
    "poceta": "toilet",
    "wáter": "toilet",
    "excusado": "toilet",
    "lavabo": "washbasin",
    "fregadero": "sink",
    "elevador": "lift",
    "cochera": "parking",
    "parqueo": "parking",
    "maletero": "storage",
    "calefón": "heater",
    "calentador": "heater",
    "cielorraso": "ceiling",
    "plafón": "ceiling",
    "moqueta": "carpet",
    "azulejo": "tiles",
    "volcanita": "partition",
    "gotera": "leak",
    "fuga": "leak",
}
SOLUTIONS = {
    "tap": ("Llave que gotea", "Se cambió el empaque."),
    "lock": ("Cerradura trabada", "Se lubricó el cilindro."),
    "socket": ("Enchufe sin corriente", "Se reconectó el cable."),
    "switch": ("Interruptor flojo", "Se ajustó el mecanismo."),
    "shower": ("Ducha sin presión", "Se limpió el cabezal."),
    "toilet": ("Inodoro que no corta el agua", "Se cambió la válvula."),
    "washbasin": ("Lavatorio rajado", "Se reemplazó la pieza."),
    "sink": ("Lavaplatos obstruido", "Se limpió la trampa."),
    "lift": ("Ascensor detenido", "Se reinició el tablero."),
    "parking": ("Estacionamiento sin pintar", "Se pintaron las líneas."),
    "storage": ("Depósito con polvo", "Se limpió el ambiente."),
    "heater": ("Terma que no enciende", "Se cambió la resistencia."),
    "ceiling": ("Cielo raso manchado", "Se pintó el área."),
    "carpet": ("Alfombra despegada", "Se pegó de nuevo."),
    "tiles": ("Mayólica suelta", "Se pegó la pieza."),
    "partition": ("Tabique con golpe", "Se masilló."),
    "leak": ("Filtración por el muro", "Se impermeabilizó."),
}


@tagged("post_install", "-at_install")
class TestSynonym(SolutionsCommon):
    """Words of different countries find the same solutions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["atencion.solution"].search([]).write({"company_id": cls.santiago.id})
        cls.model = cls.env["atencion.synonym"]
        # As at an installation, whatever this database was updated from.
        cls.model.with_context(active_test=False).search([]).unlink()
        file = "data/atencion_synonym_data.xml"
        convert_file(cls.env, "atencion_cliente", file, {}, mode="init", noupdate=True)
        cls.found = {
            key: cls.create_solution(name, text) for key, (name, text) in SOLUTIONS.items()
        }

    def test_each_word_finds_what_is_meant(self):
        for words, key in QUERIES.items():
            with self.subTest(words=words):
                self.assertEqual(self.find(words, self.agent)[:1], self.found[key])
                offered = self.on(self.agent, self.env["atencion.solution"]).suggest(words)
                self.assertEqual([one["id"] for one in offered][:1], self.found[key].ids)

    def test_the_word_itself_comes_first(self):
        keys = self.create_solution("Llave de la puerta perdida", "Se hizo una copia.")
        pipe = self.create_solution("Otra cosa", "Se cambió el caño.")
        found = self.find("llave")
        self.assertEqual(set(found[:2]), {keys, self.found["tap"]})
        self.assertIn(pipe, found)
        self.assertEqual(self.find("caño")[:1], pipe)
        named = self.create_solution("Caño que gotea", "Se cambió una pieza.")
        offered = self.on(self.agent, self.env["atencion.solution"]).suggest("caño")
        self.assertEqual(offered[0]["id"], named.id)
        self.assertIn(self.found["tap"].id, [one["id"] for one in offered])

    def test_phrases(self):
        self.assertNotIn(self.found["tap"], self.find("llave de luz"))
        phrase = self.create_solution("Llave de luz quemada", "Se cambió.")
        self.assertIn(phrase, self.find("apagador"))
        self.assertEqual(self.find("llave de luz")[:1], phrase)
        self.assertNotIn(self.found["tap"], self.find("apagador"))

    def test_words_of_a_country(self):
        self.assertNotIn(self.found["parking"], self.find("puesto"))
        self.lima.country_id = self.env.ref("base.ve")
        self.assertIn(self.found["parking"], self.find("puesto", self.agent))
        self.assertNotIn(self.found["parking"], self.find("puesto", self.agent_chile))

    def test_a_company_edits_them(self):
        self.assertFalse(self.find("zapatilla"))
        line = self.model.create({"name": "zapatilla, empaquetadura"})
        self.assertFalse(self.find("zapatilla"))
        line.name += ", empaque"
        self.assertEqual(self.find("zapatilla"), self.found["tap"])
        line.active = False
        self.assertFalse(self.find("zapatilla"))
        line.active = True
        self.assertEqual(self.find("zapatila"), self.found["tap"], "misspelt")
        line.unlink()
        self.assertFalse(self.find("zapatilla"))

    def test_a_class_has_two_different_words(self):
        alone = ("caño", "caño, CAÑO", "caño; cano", "gotera, goteras", ",,,", "de, la, los")
        alone += ("<b></b>, <i>", "&nbsp;, -", "caño, " + "x" * 400, "caño, de", "🚿, 🚽", "a, b")
        for words in alone:
            with (
                self.subTest(words=words),
                self.assertRaisesRegex(ValidationError, "two different"),
            ):
                self.on(self.manager, self.model).create({"name": words})
        line = self.model.create({"name": "<b>zapatilla</b>, empaque"})
        for words in alone:
            with self.subTest(words=words), self.assertRaises(ValidationError):
                line.name = words
        # One word also finds what its category has.
        line.write({"name": "gualdera", "category_id": self.finishes.id})
        for vals in ({"category_id": False}, {"name": ",,,"}):
            with self.subTest(vals), self.assertRaises(ValidationError):
                line.write(vals)

    def test_words_of_a_category(self):
        with Form(self.on(self.manager, self.finishes)) as form:
            with form.synonym_ids.new() as line:
                line.name = "gualdera"
        inside = self.create_solution("Borde", category=self.doors)
        self.assertIn(inside, self.find("gualdera"))
        self.doors.parent_id = self.waterproofing
        self.assertNotIn(inside, self.find("gualdera"))

    def test_categories_are_found_by_words_too(self):
        taps = self.env["atencion.case.category"].create(
            {"name": "Grifería especial", "keywords": "grifo, ducha"}
        )
        model = self.on(self.agent, taps.browse())
        for text in ("canilla", "caño", "regadera", "grifos ducha", "griferia esp"):
            with self.subTest(text=text):
                self.assertIn(taps.id, [id_ for id_, _label in model.name_search(text)])
        for text in ("puerta", "canilla puerta"):
            self.assertNotIn(taps.id, [id_ for id_, _label in model.name_search(text)])
        self.assertFalse(model.name_search("canilla", [("id", "!=", taps.id)]))
        named = taps.create({"name": "Canilla de jardín"})
        found = [id_ for id_, _label in model.name_search("canilla")]
        self.assertEqual(found[0], named.id, "names come first")
        self.assertEqual(len(model.name_search("canilla", limit=1)), 1)

    def test_the_category_with_most_of_the_words_is_meant(self):
        model = self.env["atencion.case.category"]
        doors, taps = model.create(
            [
                {"name": "Madera", "keywords": "puerta, llave, bisagra"},
                {"name": "Agua", "keywords": "caño, grifo, llave de agua"},
            ]
        )
        of_doors = self.create_solution("Puerta sin llave", category=doors)
        of_taps = self.create_solution("Llave de la cocina gotea", category=taps)
        for words in ("caño", "grifo", "llave"):
            self.assertFinds(words, self.find("canilla"))
        found = self.find("canilla").ids
        self.assertLess(found.index(of_taps.id), found.index(of_doors.id))
        self.assertEqual(model.name_search("canilla"), [(taps.id, "Agua")])
        self.assertEqual({id_ for id_, _label in model.name_search("llave")}, {doors.id, taps.id})

    def test_a_search_reads_no_table_of_them(self):
        in_no_class = self._statements("polvo")
        self.assertEqual(self._statements("canilla"), in_no_class)

    def _statements(self, words):
        """How many statements a search takes that has been made before."""
        self.find(words, self.agent)
        before = self.env.cr.sql_log_count
        self.find(words, self.agent)
        return self.env.cr.sql_log_count - before
