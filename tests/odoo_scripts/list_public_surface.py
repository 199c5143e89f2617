"""Runs in an Odoo shell: prints what of our addons can be reached from outside, as JSON."""

import inspect
import json

from odoo.http import Controller
from odoo.service.model import get_public_method


def is_ours(cls):
    return (getattr(cls, "_module", None) or "").startswith("atencion_cliente")


def public_methods(model):
    """The names of methods that are ours, that Odoo does not have, and that RPC may call."""
    ours = filter(is_ours, type(model).mro())
    for name in {name for cls in ours for name in vars(cls) if not name.startswith("_")}:
        definers = [cls for cls in type(model).mro()[1:] if name in vars(cls)]
        if not inspect.isfunction(getattr(type(model), name)) or not all(map(is_ours, definers)):
            continue
        get_public_method(model, name)
        yield name


def controllers(cls=Controller):
    yield cls
    for child in cls.__subclasses__():
        yield from controllers(child)


# What nobody inherits is called by its own name, also without a table.
models = [model for model in env.values() if not model._abstract or not model._inherit_children]
routes = {
    path
    for cls in controllers()
    if cls.__module__.startswith("odoo.addons.atencion_cliente")
    for method in vars(cls).values()
    for path in getattr(method, "original_routing", {}).get("routes") or ()
}
print(
    json.dumps(
        {
            "methods": sorted({f"{m._name}.{name}" for m in models for name in public_methods(m)}),
            "protected": {
                model._name: sorted(model._get_server_only_fields())
                for model in models
                if getattr(model, "_get_server_only_fields", frozenset)()
            },
            "routes": sorted(routes),
        }
    )
)
