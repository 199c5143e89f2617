"""The one exception of this package."""


class SetupError(Exception):
    """Something went wrong that the person at the keyboard can act on: the message says how."""
