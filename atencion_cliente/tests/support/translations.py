import re
from collections import Counter

import polib

from odoo.tools.misc import file_path
from odoo.tools.translate import TranslationModuleReader

SPANISH = "es_ES"
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z%]")


class Translations:
    """For tests of an addon's Spanish; put it before the test case that it completes."""

    MODULE = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang(SPANISH)
        cls.env["ir.module.module"]._load_module_terms([cls.MODULE], [SPANISH])
        catalogue = polib.pofile(file_path(f"{cls.MODULE}/i18n/es.po"))
        cls.spanish = {entry.msgid: entry.msgstr for entry in catalogue if not entry.fuzzy}

    def _terms(self):
        """The terms that the export of the addon writes, as ``.pot`` has them.

        Without those of demo data, and of fields that another addon put in a mixin.
        """
        addon = self.env.ref(f"base.module_{self.MODULE}")
        addons = {self.MODULE, *addon.upstream_dependencies(exclude_states=("",)).mapped("name")}
        foreign = {
            f"field_{model._name.replace('.', '_')}__{field.name}"
            for model in self.env.values()
            if model._name.startswith("atencion.")
            for field in model._fields.values()
            if not addons.issuperset(field._modules)
        }
        reader = TranslationModuleReader(self.env.cr, modules=[self.MODULE])
        return {
            source
            for _module, _kind, _name, place, source, _value, _comments in reader
            if not str(place).startswith(f"{self.MODULE}.demo_")
            and str(place).removeprefix(f"{self.MODULE}.") not in foreign
        }

    def assertTranslated(self, known):
        """Each term is in the template, without which Odoo drops it, and has its Spanish.

        :param str known: a term that the addon has, so that the test finds any
        """
        terms = self._terms()
        self.assertIn(known, terms)
        template = polib.pofile(file_path(f"{self.MODULE}/i18n/{self.MODULE}.pot"))
        self.assertEqual({entry.msgid for entry in template}, terms, "export the template anew")
        missing = sorted(term for term in terms if not self.spanish.get(term))
        self.assertFalse(missing, "to translate in i18n/es.po")

    def assertPlaceholdersKept(self):
        for source, translation in self.spanish.items():
            with self.subTest(source):
                self.assertEqual(
                    Counter(PLACEHOLDER.findall(translation)),
                    Counter(PLACEHOLDER.findall(source)),
                )

    def assertEdgesKept(self):
        """Spaces and line ends before and after a term are part of its place."""
        for source, translation in self.spanish.items():
            with self.subTest(source):
                for strip in (str.lstrip, str.rstrip):
                    self.assertEqual(
                        len(translation) - len(strip(translation)),
                        len(source) - len(strip(source)),
                    )
