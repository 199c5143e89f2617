# The rooms in the order of what stands on what. An extension that is loaded later runs around
# those before it: what keeps a case from people who may not know of it is loaded first, and
# the history that a case is imported with is around everything.
# ruff: noqa: I001
from . import base
from . import imports
from . import atencion_case
from . import settings
from . import confidential
from . import incoming
from . import notices
from . import case
from . import property
from . import handover
from . import documents
from . import activities
from . import warranty
from . import solutions
from . import escalation
from . import letters
from .imports import atencion_case_history_import, atencion_case_history_check, atencion_case_import
