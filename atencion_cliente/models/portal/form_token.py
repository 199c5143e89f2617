"""Values that a page hands out and takes back: signed, so that nobody else makes them."""

from odoo.tools.misc import hash_sign, verify_hash_signed


def signed(env, scope, values, hours=None):
    """A token of some values.

    :param str scope: what the token is for; it is good for nothing else
    :param list values: that JSON can hold
    :param hours: how long it is good for; without end by default
    """
    return hash_sign(env(su=True), scope, values, expiration_hours=hours)


def read(env, scope, token):
    """The values of a token; None if it is not one of ours, or has ended."""
    try:
        return verify_hash_signed(env(su=True), scope, token)
    except (ValueError, TypeError, AttributeError):
        # No base64, no JSON, no text.
        return None
