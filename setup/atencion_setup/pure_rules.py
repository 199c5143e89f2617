"""A pytest plugin: an addon's `tools` import nothing of Odoo, so they are tested without it.

`from atencion_cliente.tools import deadline` would first run atencion_cliente/__init__.py, and
that imports Odoo. An empty package in its place is all that Python asks for.
"""

import sys
from types import ModuleType

from .checkout import open_checkout

for addon in open_checkout().addons:
    package = ModuleType(addon.name)
    package.__path__ = [str(addon.folder)]
    package.__file__ = str(addon.folder / "__init__.py")
    sys.modules.setdefault(addon.name, package)
