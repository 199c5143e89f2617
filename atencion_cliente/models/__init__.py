# A room comes after those that it imports from. An extension that is loaded later wraps the
# earlier ones: confidentiality is innermost, the history of imported cases outermost.
# ruff: noqa: I001
from . import base
from . import imports
from . import atencion_case
from . import settings
from . import confidential
from . import evidence
from . import mail
from . import notices
from . import case
from . import property
from . import handover
from . import documents
from . import activities
from . import calls
from . import warranty
from . import solutions
from . import escalation
from . import letters
from . import portal
from . import starter
from . import overview
from . import whatsapp
from .imports import atencion_case_history_import, atencion_case_history_check
from .imports import atencion_case_history_days, atencion_case_import
