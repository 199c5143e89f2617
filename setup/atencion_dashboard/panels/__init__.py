"""What the three panels show, a file each."""

from .compliance import COMPLIANCE
from .open_cases import OPEN_CASES
from .origins import ORIGINS

PANELS = (OPEN_CASES, COMPLIANCE, ORIGINS)
