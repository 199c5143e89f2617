from dataclasses import dataclass

from ...tools.mail_kind import MailKind
from ...tools.mail_parts import Part


class SentToAreas(Exception):
    """Odoo reads addresses of areas in a mail in which the register found none.

    :param list addresses: of the areas
    """

    def __init__(self, addresses):
        super().__init__(", ".join(addresses))
        self.addresses = addresses


@dataclass
class ReceivedMail:
    """A mail for the service, while it is being filed.

    The gateway fills the facts before Odoo parses the mail. Whoever files it fills the
    outcome, which the gateway writes into the register.

    ``sender_name``, ``sender_address``: from From, or from Reply-To if From is a form sender of
    the area; the address is in lower case, and empty if there is none. ``area_ids``: whose
    addresses it was sent to, in the order of the areas. ``hint``: what stood behind ``+`` in the
    address. ``is_forged``: the sender's mail server says that it is not theirs.
    ``is_for_others``: it is sent to addresses of other applications, too. ``answered_ids``: the
    cases whose messages it answers, as ``tools.incoming_mail.references`` orders them.
    ``repeated_case_id``: the case that the same mail made a moment ago. ``as_person``: an
    administrator says that a person wrote it. ``is_cut``: it has more files than are filed.
    ``rule``: R1 to R16.
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
    is_for_others: bool = False
    answered_ids: tuple[int, ...] = ()
    repeated_case_id: int = 0
    as_person: bool = False
    is_cut: bool = False
    rule: str = ""
    outcome: str = ""
    detail: str = ""
    case_id: int = 0

    def release(self):
        """Let go of the mail itself once it is filed.

        Environments know of this object, and they live until Python collects its garbage.
        """
        self.source, self.part = b"", None


@dataclass(frozen=True)
class AreaAddress:
    """An address of the service in a mail.

    ``area_id``: 0 if it is of no area. ``form_senders``: the area's web forms.
    """

    address: str
    area_id: int
    company_id: int
    form_senders: frozenset[str]


@dataclass(frozen=True)
class Answered:
    """A message of a case that a mail answers or reports about.

    ``by_colleague``: its author is an internal user.
    """

    case_id: int
    company_id: int
    by_colleague: bool


@dataclass(frozen=True)
class Named:
    """What a mail names of the database: addresses, messages of cases, and domains of ours.

    ``others``: addresses of other applications. ``domains``: names of our domains.
    ``catchalls``: their catchall addresses.
    """

    addresses: tuple[AreaAddress, ...] = ()
    others: frozenset[str] = frozenset()
    answered: tuple[Answered, ...] = ()
    domains: tuple[str, ...] = ()
    catchalls: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Resubmission:
    """A mail of the register that is processed again.

    ``as_person``: an administrator says that a person wrote it. ``address``: of the area that
    they chose; empty if they chose none.
    """

    register_id: int
    as_person: bool = False
    address: str = ""


@dataclass(frozen=True)
class Arrived:
    """A mail for the service as it arrived.

    ``mail``: with the customer as its sender if it is of a form, which ``is_form`` says, or of a
    list that puts its own address into From, which ``is_by_list`` says.
    ``named``: what it names of the database.
    """

    source: bytes
    mail: Part
    named: Named
    is_form: bool = False
    is_by_list: bool = False
    brought_for_cases: bool = False
    again: Resubmission | None = None


@dataclass(frozen=True)
class Past:
    """What the register knows that concerns a new mail.

    ``row_id``, ``row_outcome``: of the same bytes. ``namesake``: another mail with its
    Message-ID: its sender and its digest of what it says. ``is_filed``: a message has its
    Message-ID. ``repeated_case_id``: the case of a mail that said the same a moment ago.
    ``mails``, ``cases``, ``floods``: of its sender, in the window of the settings.
    ``is_own``: its sender is an address of ours.
    """

    row_id: int = 0
    row_outcome: str = ""
    namesake: tuple[str, str] | None = None
    is_filed: bool = False
    repeated_case_id: int = 0
    mails: int = 0
    cases: int = 0
    floods: int = 0
    is_own: bool = False
