"""Who is told what of a case, and how.

An event tells its audience, a person is told by the channels that suit him, and
what happens to a case in one transaction is told once.
"""

from dataclasses import dataclass, field

# Channels: how somebody asks to be told.
ALERT = "alert"
TASK = "task"
EMAIL = "email"
CHANNELS = (ALERT, TASK, EMAIL)
# Medium in which an alert reaches who reads his notifications in Odoo. The others
# are named as the channel that they serve.
INBOX = "inbox"

# Events of the people who work on a case.
CREATED = "created"
MOVED = "moved"
CHANGED = "changed"
RULE = "rule"
WARNING = "warning"
STUCK = "stuck"
# Events of its customer.
REGISTERED = "registered"
ANSWERED = "answered"

# Audiences. The first two are the flags of a notification line of an area.
ON_CREATE = "on_create"
ON_UPDATE = "on_update"
ROLE = "role"
ASSIGNEE = "assignee"
MANAGER = "manager"
REQUESTER = "requester"
HOLDER = "holder"
CUSTOMERS = (REQUESTER, HOLDER)

AUDIENCES = {
    CREATED: (ON_CREATE,),
    MOVED: (ON_CREATE,),
    CHANGED: (ON_UPDATE,),
    RULE: (ROLE,),
    WARNING: (ASSIGNEE,),
    STUCK: (MANAGER,),
    REGISTERED: CUSTOMERS,
    ANSWERED: CUSTOMERS,
}
# Nobody did these: a rule or the calendar did.
AUTOMATIC = (RULE, WARNING, STUCK)

# Why somebody is not told.
INACTIVE = "inactive"
NOT_INTERNAL = "not_internal"
OTHER_COMPANY = "other_company"
CONFIDENTIAL = "confidential"
NO_ADDRESS = "no_address"
OUR_ALIAS = "our_alias"
TASK_OPEN = "task_open"


@dataclass(frozen=True)
class Person:
    """What decides whether and how a person is told of a case.

    ``may_see``: the case is not confidential, or not for him. ``is_author``: he did
    what is told. ``was_assigned``: Odoo tells him that the case is his now.
    """

    active: bool = True
    internal: bool = True
    in_company: bool = True
    may_see: bool = True
    has_address: bool = True
    is_our_alias: bool = False
    reads_inbox: bool = True
    is_author: bool = False
    was_assigned: bool = False


@dataclass(frozen=True)
class Deliveries:
    """Channels by which a person is told, the media that carry them, what was skipped."""

    told: tuple = ()
    media: tuple = ()
    skipped: tuple = ()

    def without_task(self):
        """The same for who still has the task that he would get.

        >>> Deliveries((ALERT, TASK), (INBOX, TASK)).without_task().media
        ('inbox',)
        """
        if TASK not in self.told:
            return self
        return Deliveries(
            tuple(name for name in self.told if name != TASK),
            tuple(name for name in self.media if name != TASK),
            (*self.skipped, (TASK, TASK_OPEN)),
        )


@dataclass
class Told:
    """Whom a case told: channels by user id, and (user id, channel, reason) not told."""

    told: dict = field(default_factory=dict)
    skipped: list = field(default_factory=list)

    @property
    def nobody(self) -> bool:
        """Whether nobody hears of it, also not by a task that he still has to do."""
        busy = any(code == TASK_OPEN for _user, _channel, code in self.skipped)
        return not self.told and not busy

    def join(self, other: "Told") -> None:
        """Count others who were told of the same."""
        self.told |= other.told
        self.skipped += other.skipped

    def add(self, user_id, deliveries):
        if deliveries.told:
            self.told[user_id] = deliveries.told
        self.skipped += [(user_id, *skip) for skip in deliveries.skipped]


def refusal(person: Person):
    """Why a person is told nothing at all, None if he may be told.

    >>> refusal(Person(internal=False))
    'not_internal'
    """
    reasons = (
        (person.active, INACTIVE),
        (person.internal, NOT_INTERNAL),
        (person.in_company, OTHER_COMPANY),
        (person.may_see, CONFIDENTIAL),
    )
    return next((code for fine, code in reasons if not fine), None)


def deliveries(person: Person, channels) -> Deliveries:
    """How a person is told who asked for some channels.

    Nobody is alerted of what he did, nor of a case that Odoo tells him is his; the
    task he asked for he gets. Who handles his notifications by e-mail has no inbox:
    his alert is an e-mail, the same one if he asked for both.

    >>> deliveries(Person(), [EMAIL, ALERT]).media
    ('inbox', 'email')
    >>> deliveries(Person(reads_inbox=False), [ALERT, EMAIL]).media
    ('email',)
    >>> deliveries(Person(is_author=True), [ALERT, TASK]).told
    ('task',)
    >>> deliveries(Person(has_address=False), [EMAIL]).skipped
    (('email', 'no_address'),)
    """
    refused = refusal(person)
    if refused:
        return Deliveries(skipped=((None, refused),))
    knows = person.is_author or person.was_assigned
    wanted = [name for name in CHANNELS if name in channels and (name == TASK or not knows)]
    skipped = ()
    reachable = person.has_address and not person.is_our_alias
    if EMAIL in wanted and not reachable:
        wanted.remove(EMAIL)
        skipped = ((EMAIL, NO_ADDRESS if not person.has_address else OUR_ALIAS),)
    in_inbox = person.reads_inbox or not reachable
    carriers = {ALERT: INBOX if in_inbox else EMAIL}
    media = dict.fromkeys(carriers.get(name, name) for name in wanted)
    return Deliveries(tuple(wanted), tuple(media), skipped)


def merged(reasons) -> list:
    """Everything that one notice tells, each thing once.

    What changed on a case that just arrived is part of its arrival, and a new case
    did not move.

    :param reasons: pairs of an event and what it says about it

    >>> merged([(CHANGED, {"fields": ["priority"]}), (CHANGED, {"fields": ["stage_id"]})])
    [('changed', {'fields': ['priority', 'stage_id']})]
    >>> merged([(CHANGED, {"fields": ["stage_id"]}), (MOVED, {"area_id": 3})])
    [('moved', {'area_id': 3})]
    """
    codes = {code for code, _facts in reasons}
    arrived = codes & {CREATED, MOVED}
    changed = []
    kept = []
    for code, facts in reasons:
        if code == CHANGED:
            changed += [name for name in facts["fields"] if name not in changed]
        elif not (code == MOVED and CREATED in codes) and (code, facts) not in kept:
            kept.append((code, facts))
    if changed and not arrived:
        kept.append((CHANGED, {"fields": changed}))
    return kept
