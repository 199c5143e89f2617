from . import controllers, demo, models, report, wizard
from .uninstall import uninstall_hook

__all__ = ["controllers", "demo", "models", "report", "uninstall_hook", "wizard"]
