"""The pure rules, imported as `tools`: the addon's package itself needs Odoo."""

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parents[2] / "atencion_cliente"))

# The same examples on every machine, however slow it is.
settings.register_profile("rules", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("rules")
