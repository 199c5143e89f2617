"""What kind of mail has come in: from a person, or from which kind of machine.

A mail of a machine makes no case, changes none and is answered by none. So the kinds are told
apart by what a person's mail never has; in doubt it is a person's.
"""

import re
from dataclasses import dataclass
from enum import Enum

from .delivery_report import DELAYS, NO_FAILURE, actions
from .mail_headers import Mailbox
from .mail_parts import DELIVERY_STATUS, Part
from .mail_text import mail_text, plain


class MailKind(Enum):
    """The kinds of mail, in the order in which they are tried; spam before the ordinary ones."""

    OWN = "own"  # sent by ourselves
    BOUNCE = "bounce"  # a mail of ours was not delivered
    COMPLAINT = "complaint"  # a mail of ours is said to be abuse
    DELAY = "delay"  # a mail of ours is delivered later
    ADMIN = "admin"  # from nobody: an administrator looks at it
    AUTO = "auto"  # an automatic answer
    LIST = "list"  # of a mailing list
    QUIET = "quiet"  # ordinary, but not answered automatically
    PERSON = "person"
    SPAM = "spam"

    @property
    def is_ordinary(self) -> bool:
        """Whether it is filed as a mail of a person."""
        return self in (MailKind.QUIET, MailKind.PERSON)


@dataclass(frozen=True)
class Setting:
    """``own_addresses``: aliases, catchall, bounce and sending addresses, in lower case.
    ``spam_header``: that a mail server writes into spam, beside ``X-Spam-Flag``.
    ``own_mark``: what the header ``OWN_HEADER`` of our own mails says of this database; without
    it, a mail of another company that uses this product is taken for ours. ``by_own_list``: it
    came by a list that is an address of ours, where people write.
    """

    own_addresses: frozenset[str] = frozenset()
    spam_header: str = ""
    own_mark: str = ""
    by_own_list: bool = False


@dataclass(frozen=True)
class Classification:
    """A kind, and the reason: a header, or a fact in a few English words."""

    kind: MailKind
    reason: str = ""


OWN_HEADER = "X-Atencion-Case"
_MACHINES = frozenset(
    {"mailer-daemon", "maildaemon", "postmaster", "post_master", "mdaemon", "ndr"}
)
# Such a name alone, or with a failure in the subject: people and firms have similar names.
_MACHINE_NAME = re.compile(r"mailer-daemon|mail delivery|postmaster")
_WHOLE_MACHINE_NAME = re.compile(
    r"(?:mailer-daemon|mail delivery(?: (?:sub)?system| service)?|postmaster)(?:@\S*)?"
)
_FAILURES = re.compile(
    r"undeliver|not delivered|deliver\w* (?:fail|error|problem|status)|failed delivery|could "
    r"?n.t be sent"
    r"|delivery (?:has )?failed|failure notice|returned? (?:mail|message|to sender)|mail failure"
    r"|mail delivery|message (?:blocked|rejected|refused)|non[- ]?deliver|user unknown"
    r"|returning to sender"
    r"|rejected (?:mail|message|post)|nondelivery|ndn:|delivery notification|mail system error"
    r"|no se (?:puede|pudo|ha podido) entregar|no entregad|no se entreg|error (?:de|en la) entrega"
    r"|fallo (?:de|en la) entrega|entrega fallida|devuelto|mensaje (?:rechazado|bloqueado)"
    r"|correo (?:rechazado|no entregable)|nao entregue|nao foi entregue|falha n?[ao] entrega"
    r"|nao foi possivel entregar"
    r"|devolvid|mensagem (?:rejeitada|bloqueada)"
)
_AUTOMATIC = re.compile(
    r"(?:respuesta automatica|automatic reply|auto(?:matische antwort|matic response)"
    r"|automatisch antwoord|reponse automatique|risposta automatica|abwesenheitsnotiz"
    r"|auto[- ]?repl|autom?[- ]?respuesta|auto[- ]?respon|resposta automatica"
    r"|out of office autoreply|leido:|not read:|no leido:|lida:)"
    r"|(?:(?:estoy |estare )?fuera de (?:la )?oficina|(?:i am |i'm )?out of (?:the )?office"
    r"|(?:estou )?fora do escritorio|ausente do escritorio|ausencia temporal|ausencia temporaria"
    r"|vacation reply|mensaje de ausencia|abs(?:ence|ent) du bureau|fuori (?:sede|ufficio)|afwezig)"
    r"\s*(?:$|[:;,.!\-–—(\[]|re:|hasta\b|until\b|ate\b)"
)
# People begin a subject so, too: a car is an "auto".
_AUTOMATIC_IN_ANSWERS = re.compile(r"auto:|read:")
_COMPLAINTS = re.compile(
    r"complaint about message from|abuse report|\[abuse|spam report|email feedback report"
    r"|reporte de abuso|denuncia de (?:abuso|spam)"
)
_COMPLAINERS = frozenset(
    "abuse arf complaints fbl feedback feedbackloop feedback-loop scomp spamreport staff".split()
)
_UNSUBSCRIBE = re.compile(r"(?:list-)?unsubscribe(?:[ :=_-]+\S*)?")
_AUTO_HEADERS = (
    "X-Autoreply",
    "X-Autorespond",
    "X-Vacation",
    "X-MS-Exchange-Inbox-Rules-Loop",
    "X-MS-Exchange-Generated-Message-Source",
)
_LIST_HEADERS = ("List-Id", "List-Post", "Mailing-List", "X-BeenThere", "X-Mailman-Version")
_SUPPRESSED = frozenset({"all", "autoreply", "oof"})
_UNANSWERED = re.compile(r"(?:no-?_?\.?reply|do-?_?not-?_?reply|no-?responder|notificaciones)\b.*")


def kind_of(mail: Part, setting: Setting, answers_colleague: bool = False) -> Classification:
    """The kind of a mail, and why.

    :param answers_colleague: it answers a mail of an internal user

    >>> from .mail_parts import read_mail
    >>> mail = read_mail(b"From: rosa@example.com\\nAuto-Submitted: auto-replied\\n\\nVuelvo")
    >>> kind_of(mail, Setting()).kind
    <MailKind.AUTO: 'auto'>
    """
    facts = _Facts(mail, setting, answers_colleague)
    for kind, reasons in _TESTS:
        reason = next((reason for reason in reasons(facts) if reason), "")
        if reason:
            return Classification(kind, reason)
    return Classification(MailKind.PERSON)


class _Facts:
    """A mail, and what several kinds ask of it."""

    def __init__(self, mail, setting, answers_colleague):
        self.mail = mail
        self.headers = mail.headers
        self.setting = setting
        self.answers_colleague = answers_colleague
        self.sender = sender(mail)
        self.subject = plain(self.headers.text("Subject"))
        self.types = {part.type for part in mail.parts}
        paths = self.headers.raw("Return-Path")[:1]
        path = self.headers.mailboxes("Return-Path")[:1]
        self.null_path = bool(paths) and not path
        self.machine_path = self.null_path or (bool(path) and path[0].local in _MACHINES)
        self.is_report = self._is_report()

    def _is_report(self):
        """Whether it has the form of a report about a mail of ours.

        Some mail programs put the parts of a report that a person forwards below the top, too.
        """
        has_parts = self.types & {DELIVERY_STATUS, "text/rfc822-headers"}
        from_machine = self.machine_path or self.sender.local in _MACHINES
        no_path = not self.headers.has("Return-Path")
        return self.mail.type == "multipart/report" or bool(
            has_parts and (from_machine or no_path or not self.sender.address)
        )

    def parameter(self, name):
        """A parameter of the mail's Content-Type, in lower case."""
        value = self.headers.text("Content-Type").lower()
        found = re.search(rf"{name}\s*=\s*\"?([\w./-]+)", value)
        return found[1] if found else ""


def sender(mail: Part) -> Mailbox:
    """Who wrote a mail: the first author of its From."""
    return next(iter(mail.headers.mailboxes("From")), Mailbox())


def is_unanswered(address: str) -> bool:
    """Whether nobody reads what is sent to an address.

    >>> is_unanswered("no-reply@example.com"), is_unanswered("rosa@example.com")
    (True, False)
    """
    local = address.rpartition("@")[0]
    return bool(_UNANSWERED.fullmatch(local)) or local in _MACHINES


def _own(facts):
    written = facts.headers.has(OWN_HEADER) and facts.headers.text(OWN_HEADER)
    yield written and facts.setting.own_mark in written and OWN_HEADER
    is_ours = facts.sender.address in facts.setting.own_addresses
    yield is_ours and not facts.answers_colleague and f"From: {facts.sender.address}"


def _complaint(facts):
    is_feedback = "message/feedback-report" in facts.types
    yield is_feedback and "message/feedback-report"
    yield facts.parameter("report-type") == "feedback-report" and "report-type=feedback-report"
    yield facts.headers.has("X-ARF", "Feedback-Type") and "X-ARF"
    complains = facts.sender.local in _COMPLAINERS or facts.null_path
    yield complains and _COMPLAINTS.search(facts.subject) and "subject of a complaint"


def _receipt(facts):
    """A receipt that a mail was read has the form of a report, and is none."""
    disposition = "disposition-notification"
    yield facts.parameter("report-type") == disposition and disposition
    yield f"message/{disposition}" in facts.types and disposition


def _delay(facts):
    said = actions(facts.mail) if facts.is_report else []
    yield bool(said) and set(said) <= NO_FAILURE and f"Action: {said[0]}"
    # Without a list of actions, the subject tells.
    about_delivery = next((reason for reason in _bounce(facts) if reason), "")
    yield not said and about_delivery and DELAYS.search(facts.subject) and "subject of a delay"


def _bounce(facts):
    yield facts.is_report and "report of a mail server"
    yield facts.headers.has("X-Failed-Recipients") and "X-Failed-Recipients"
    yield facts.sender.local in _MACHINES and f"From: {facts.sender.address}"
    name = facts.sender.name.lower()
    failed = _FAILURES.search(facts.subject) or DELAYS.search(facts.subject)
    is_machine = _WHOLE_MACHINE_NAME.fullmatch(name) or (failed and _MACHINE_NAME.search(name))
    yield is_machine and f"From: {facts.sender.name}"
    returned = facts.machine_path or not facts.sender.address
    yield returned and failed and "Return-Path and subject of a failure"


def _admin(facts):
    yield not facts.sender.address and "From without an address"


def _auto(facts):
    submitted = facts.headers.word("Auto-Submitted")
    yield submitted not in ("", "no") and f"Auto-Submitted: {submitted}"
    precedence = facts.headers.word("Precedence")
    yield precedence in ("auto_reply", "auto-reply") and f"Precedence: {precedence}"
    yield next((name for name in _AUTO_HEADERS if facts.headers.has(name)), "")
    yield facts.null_path and "Return-Path: <>"
    answers = facts.headers.has("In-Reply-To", "References")
    automatic = _AUTOMATIC.match(facts.subject) or (
        answers and _AUTOMATIC_IN_ANSWERS.match(facts.subject)
    )
    yield automatic and "subject of an automatic answer"
    yield _is_unsubscribing(facts) and "unsubscribing"


def _is_unsubscribing(facts):
    """Whether a mail program unsubscribes somebody: it writes nothing else."""
    if not _UNSUBSCRIBE.fullmatch(facts.subject):
        return False
    text = mail_text(facts.mail).strip().lower()
    return len(text) < 300 and (not text or "unsubscribe" in text)


def _list(facts):
    if facts.setting.by_own_list:
        return
    yield next((name for name in _LIST_HEADERS if facts.headers.has(name)), "")
    yield facts.headers.word("Precedence") == "list" and "Precedence: list"


def _spam(facts):
    for name in ("X-Spam-Flag", facts.setting.spam_header):
        is_spam = name and facts.headers.word(name).partition(",")[0] in (
            "yes",
            "true",
            "1",
            "spam",
        )
        yield is_spam and name


def _quiet(facts):
    wished = facts.headers.word("X-Auto-Response-Suppress").replace(",", " ").split()
    yield bool(_SUPPRESSED & set(wished)) and "X-Auto-Response-Suppress"
    precedence = facts.headers.word("Precedence")
    yield precedence in ("bulk", "junk") and f"Precedence: {precedence}"
    unsubscribes = facts.headers.has("List-Unsubscribe") and not facts.setting.by_own_list
    yield unsubscribes and "List-Unsubscribe"
    yield facts.headers.has("Feedback-ID") and "Feedback-ID"
    yield is_unanswered(facts.sender.address) and f"From: {facts.sender.address}"


_TESTS = (
    (MailKind.OWN, _own),
    (MailKind.COMPLAINT, _complaint),
    (MailKind.AUTO, _receipt),
    (MailKind.DELAY, _delay),
    (MailKind.BOUNCE, _bounce),
    (MailKind.ADMIN, _admin),
    (MailKind.AUTO, _auto),
    (MailKind.LIST, _list),
    (MailKind.SPAM, _spam),
    (MailKind.QUIET, _quiet),
)
