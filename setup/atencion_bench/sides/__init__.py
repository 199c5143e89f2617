"""The applications that are compared. A third one is a file here, and a line in SIDES."""

from .oca import Oca
from .own import Own

SIDES = {side.name: side for side in (Own(), Oca())}
OURS, PEER = "own", "oca"
