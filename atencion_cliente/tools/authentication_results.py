"""What our own mail server says about the sender of a mail (RFC 8601).

Everybody can write such a header into a mail. Ours is the one that our server puts on top of all
others; those below it are ignored, and so is the topmost one if it is of another server.
"""

import re
from dataclasses import dataclass

from .mail_headers import Headers, decoded, without_comments

_METHOD = re.compile(r"^\s*([\w-]+)\s*(?:/\s*\d+\s*)?=\s*([\w-]+)(.*)$", re.DOTALL)
_PROPERTY = re.compile(r"\b(?:header\.(?:d|i)|smtp\.mailfrom)\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Verdict:
    """Results in the server's words, such as "pass", "fail" or "none"; empty if not checked.

    ``spf_domain`` and ``dkim_domains``: for which domains they pass, where the header says so.
    """

    dmarc: str = ""
    spf: str = ""
    dkim: str = ""
    spf_domain: str = ""
    dkim_domains: tuple[str, ...] = ()

    def vouches_for(self, domain: str) -> bool:
        """Whether SPF or DKIM pass for a domain, or for one that the header does not name."""
        spf = self.spf == "pass" and _is_of(self.spf_domain, domain)
        dkim = self.dkim == "pass" and (
            not self.dkim_domains or any(_is_of(one, domain) for one in self.dkim_domains)
        )
        return spf or dkim


def _is_of(signed, domain):
    """Whether a domain that passed is this one, one above or below it, or not named."""
    signed, domain = signed.lower().strip("."), domain.lower().strip(".")
    return not signed or f".{signed}".endswith(f".{domain}") or f".{domain}".endswith(f".{signed}")


def verdict(headers: Headers, trusted: tuple[str, ...]) -> Verdict | None:
    """The verdict of our server; None if it said nothing.

    :param trusted: names of our servers, as they stand at the beginning of the header

    >>> headers = Headers((
    ...     ("Authentication-Results", "mx.example.net; spf=fail smtp.mailfrom=evil.example;"
    ...      " dkim=none; dmarc=fail header.from=example.net"),
    ...     ("Authentication-Results", "mx.example.net; dmarc=pass"),
    ... ))
    >>> verdict(headers, ("mx.example.net",)).dmarc
    'fail'
    >>> verdict(headers, ("other.example.net",)) is None
    True
    """
    values = headers.raw("Authentication-Results")
    if not values:
        return None
    server, *results = without_comments(decoded(values[0])).split(";")
    names = {name.strip().lower() for name in trusted}
    if not server.split() or server.split()[0].strip('"').lower() not in names - {""}:
        return None
    return _verdict(results)


def _verdict(results):
    found, domains = {}, {}
    for result in results:
        match = _METHOD.match(result)
        if not match:
            continue
        method, outcome = match[1].lower(), match[2].lower()
        # A mail may have several signatures: one that passes is enough.
        if found.get(method) != "pass":
            found[method] = outcome
        if outcome == "pass":
            domains.setdefault(method, []).extend(_domains(match[3]))
    spf = domains.get("spf", [])
    return Verdict(
        found.get("dmarc", ""),
        found.get("spf", ""),
        found.get("dkim", ""),
        spf[0] if spf else "",
        tuple(dict.fromkeys(domains.get("dkim", []))),
    )


def _domains(properties):
    return [name.rpartition("@")[2].lower() for name in _PROPERTY.findall(properties)]


def is_forged(verdict: Verdict | None, sender_domain: str, own_domains: tuple[str, ...]) -> bool:
    """Whether our server says that a mail is not of its sender (rule R13).

    That is if DMARC fails, or if the sender has an address of ours and nothing vouches for it.
    Without a verdict of our server, nothing is known.

    >>> is_forged(Verdict(dmarc="none", spf="pass", spf_domain="evil.example"), "x.pe", ("x.pe",))
    True
    >>> is_forged(Verdict(dmarc="pass"), "x.pe", ("x.pe",)), is_forged(None, "x.pe", ("x.pe",))
    (False, False)
    """
    if verdict is None:
        return False
    own = sender_domain.lower() in {domain.lower() for domain in own_domains}
    if verdict.dmarc in ("pass", "fail"):
        return verdict.dmarc == "fail"
    return own and not verdict.vouches_for(sender_domain)
