# The rooms in the order of what stands on what. An extension that is loaded later runs around
# those before it: what keeps a case from people who may not know of it is loaded first.
# ruff: noqa: I001
from . import base
from . import imports
from . import atencion_case
from .imports import atencion_case_past, atencion_case_past_check, atencion_case_import
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
from . import atencion_case_course
