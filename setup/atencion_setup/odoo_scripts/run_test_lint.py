"""Run Odoo's test_lint as if our addons were the only ones there are.

Left out: test_pylint (reads all of Odoo, for minutes) and test_eslint (needs programs of npm).
"""

import importlib
import json
import os
import unittest
from pathlib import Path

import odoo.modules
from odoo.modules import module as module_loading

ADDONS = os.environ["LINTED_ADDONS"].split(",")
LEFT_OUT = ("test_pylint", "test_eslint")
# Keys of a manifest that Odoo's community knows and Odoo does not.
COMMUNITY_KEYS = {"development_status", "maintainers"}


def only_our_addons():
    manifests = [odoo.modules.Manifest.for_addon(name) for name in ADDONS]
    odoo.modules.Manifest.all_addon_manifests = staticmethod(lambda: manifests)
    module_loading.get_modules = odoo.modules.get_modules = lambda: list(ADDONS)


def lint_modules():
    folder = Path(odoo.modules.get_module_path("test_lint")) / "tests"
    for path in sorted(folder.glob("test_*.py")):
        if path.stem not in LEFT_OUT:
            module = importlib.import_module(f"odoo.addons.test_lint.tests.{path.stem}")
            if hasattr(module, "get_modules"):
                module.get_modules = module_loading.get_modules
            if hasattr(module, "MANIFEST_KEYS"):
                module.MANIFEST_KEYS |= COMMUNITY_KEYS
            yield module


def lint_suite():
    suite = unittest.TestSuite()
    for module in lint_modules():
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, unittest.TestCase):
                if value.__module__ == module.__name__:
                    names = unittest.defaultTestLoader.getTestCaseNames(value)
                    suite.addTests(value(name) for name in names)
    return suite


class Outcomes(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.problems = {}

    def startTest(self, test):
        super().startTest(test)
        self.problems[test.id().removeprefix("odoo.addons.test_lint.tests.")] = ""


only_our_addons()
outcomes = Outcomes()
lint_suite().run(outcomes)
for test, traceback in outcomes.failures + outcomes.errors:
    name = getattr(test, "test_case", test).id().removeprefix("odoo.addons.test_lint.tests.")
    outcomes.problems[name] = outcomes.problems.get(name, "") + traceback
Path(os.environ["LINT_RESULT"]).write_text(json.dumps(outcomes.problems))
