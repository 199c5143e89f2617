import inspect
import json
from contextlib import suppress

from odoo.exceptions import UserError
from odoo.service.model import get_public_method
from odoo.tests import tagged

from .support.common import AtencionCommon
from .test_malformed_calls import is_ours

MODULE = "atencion_cliente"
# Odoo's API takes these two for itself.
TAKEN = {"ids", "context"}


@tagged("post_install", "-at_install")
class TestPublicMethods(AtencionCommon):
    """Whatever another program may call takes named arguments and answers in JSON."""

    def methods(self):
        """The public methods that are ours: a model without records, and a name."""
        for model in filter(lambda model: not model._abstract, self.env.values()):
            classes = [cls for cls in type(model).mro() if getattr(cls, "_module", None) == MODULE]
            for name in sorted({name for cls in classes for name in vars(cls)}):
                if name.startswith("_") or not is_ours(model, name):
                    continue
                if inspect.isfunction(getattr(type(model), name)):
                    yield model, name

    def test_arguments_have_names_and_are_explained(self):
        methods = list(self.methods())
        self.assertIn(("atencion.case", "lookup"), [(model._name, name) for model, name in methods])
        for model, name in methods:
            with self.subTest(model=model._name, method=name):
                method = get_public_method(model, name)
                _self, *parameters = inspect.signature(method).parameters.values()
                kinds = {parameter.kind for parameter in parameters}
                self.assertLessEqual(
                    kinds, {inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY}
                )
                self.assertFalse(TAKEN.intersection(parameter.name for parameter in parameters))
                if parameters:
                    self.assertTrue(method.__doc__)

    def test_answers_are_json(self):
        case = self.create_case(contract_id=self.contract.id)
        records = {record._name: record for record in (case, self.contract, self.holder, self.lima)}
        for model, name in self.methods():
            method = get_public_method(model, name)
            _self, *parameters = inspect.signature(method).parameters.values()
            record = records.get(model._name, model.search([], limit=1))
            if not record or any(each.default is each.empty for each in parameters):
                continue
            # A refusal is an answer, too.
            with self.subTest(model=model._name, method=name), suppress(UserError):
                # What JSON does not know Odoo makes a text of: nobody could read it.
                json.dumps(getattr(self.on(self.manager, record), name)())
