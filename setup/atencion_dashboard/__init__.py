"""Writes the panels of atencion_cliente_dashboard: what they show is in panels/.

Odoo's dashboards are spreadsheets in JSON, for which Community has no editor.
"""

from .panels import PANELS
from .panel import written

__all__ = ["PANELS", "written"]
