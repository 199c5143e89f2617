# The rooms in the order of what stands on what, then the case that composes its concerns.
# ruff: noqa: I001
from . import base
from . import imports
from . import settings
from . import handover
from . import property
from . import warranty
from . import case
from . import documents
from . import solutions
from . import notices
from . import incoming
from . import confidential
from . import escalation
from . import letters
from . import activities
from . import atencion_case
