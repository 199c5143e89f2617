from dataclasses import dataclass

from ...tools.mail_kind import MailKind
from ...tools.mail_parts import Part


@dataclass
class ReceivedMail:
    """A mail for the service, while it is being filed.

    The gateway fills the facts before Odoo parses the mail. Whoever files it fills the
    outcome, which the gateway writes into the register.

    ``sender_name``, ``sender_address``: from From, or from Reply-To if From is a form sender of
    the area; the address is in lower case, and empty if there is none. ``area_ids``: whose
    addresses it was sent to, in the order of the areas. ``hint``: what stood behind ``+`` in the
    address. ``is_forged``: the sender's mail server says that it is not theirs.
    ``repeated_case_id``: the case that the same mail made a moment ago. ``rule``: R1 to R16.
    ``outcome``: of ``atencion.incoming.mail``. ``detail``: why, in the language of the company.
    """

    source: bytes
    part: Part
    kind: MailKind
    register_id: int
    sender_name: str = ""
    sender_address: str = ""
    area_ids: tuple[int, ...] = ()
    hint: str = ""
    is_forged: bool = False
    repeated_case_id: int = 0
    rule: str = ""
    outcome: str = ""
    detail: str = ""
    case_id: int = 0
