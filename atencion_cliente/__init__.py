from . import controllers, models, report, wizard
from .uninstall import uninstall_hook

__all__ = ["controllers", "models", "report", "uninstall_hook", "wizard"]
