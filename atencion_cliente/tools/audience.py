"""Who is notified of an event of a case, and by which channels.

An event has an audience. Each person of it is notified by the channels that they chose,
as far as these reach them. All events of a case in one transaction become one notice.
"""

from dataclasses import dataclass, field

# Channels: how a person asks to be notified.
ALERT = "alert"
TASK = "task"
EMAIL = "email"
CHANNELS = (ALERT, TASK, EMAIL)
# The media of an alert: the inbox of Odoo, or a chat of OdooBot for users who handle Odoo's
# notifications by e-mail and have no inbox. The other media have the name of their channel.
INBOX = "inbox"
CHAT = "chat"
# What carries a notice.
MEDIA = (INBOX, CHAT, TASK, EMAIL)

# Events of which internal users are notified.
CREATED = "created"
MOVED = "moved"
CHANGED = "changed"
ASSIGNED = "assigned"
WROTE = "wrote"
RULE = "rule"
WARNING = "warning"
STUCK = "stuck"
LEFT = "left"
# Events of which the customer is notified.
REGISTERED = "registered"
ANSWERED = "answered"

# Audiences. The first two are the flags of a notification line of an area.
ON_CREATE = "on_create"
ON_UPDATE = "on_update"
ROLE = "role"
ASSIGNEE = "assignee"
MANAGER = "manager"
ADVISER = "adviser"
SUPERVISORS = "supervisors"
ADMINISTRATORS = "administrators"
REQUESTER = "requester"
HOLDER = "holder"
CUSTOMERS = (REQUESTER, HOLDER)

AUDIENCES = {
    CREATED: (ON_CREATE,),
    MOVED: (ON_CREATE,),
    CHANGED: (ON_UPDATE,),
    ASSIGNED: (ASSIGNEE,),
    # The first of whom somebody can be notified, see ``who_hears``.
    WROTE: (ASSIGNEE, ON_UPDATE, MANAGER, ADVISER, SUPERVISORS, ADMINISTRATORS),
    RULE: (ROLE,),
    WARNING: (ASSIGNEE,),
    STUCK: (MANAGER,),
    LEFT: (MANAGER,),
    REGISTERED: CUSTOMERS,
    ANSWERED: CUSTOMERS,
}
# Events that a rule or the calendar causes: they have no human author.
AUTOMATIC = (RULE, WARNING, STUCK)
# Events that an area notifies its people of: their to-dos end when the case leaves it.
OF_AREA = (CREATED, MOVED, CHANGED, WROTE)
# Events that bring an open to-do with another reason up to date, instead of leaving it as it is.
RENEWING = (WROTE, RULE, STUCK)

# Why a person is not notified.
INACTIVE = "inactive"
NOT_INTERNAL = "not_internal"
OTHER_COMPANY = "other_company"
CONFIDENTIAL = "confidential"
READS_ONLY = "reads_only"
NO_ADDRESS = "no_address"
OUR_ALIAS = "our_alias"
TASK_OPEN = "task_open"


@dataclass(frozen=True)
class Person:
    """What decides whether and how a person is notified of a case.

    ``may_see``: the case is not confidential, or they may know of it. ``reads_only``: they are
    an auditor. ``is_author``: they caused the event.
    """

    active: bool = True
    internal: bool = True
    in_company: bool = True
    may_see: bool = True
    reads_only: bool = False
    has_address: bool = True
    is_our_alias: bool = False
    reads_inbox: bool = True
    is_author: bool = False

    @property
    def is_reachable(self) -> bool:
        """Whether an e-mail reaches them."""
        return self.has_address and not self.is_our_alias


@dataclass(frozen=True)
class Deliveries:
    """How one person is notified.

    ``channels``: the channels that are served. ``media``: what carries them, which may be
    fewer. ``skipped``: pairs of a channel and the reason why it is not served; the channel
    is None if the person is not notified at all.
    """

    channels: tuple = ()
    media: tuple = ()
    skipped: tuple = ()

    def without_task(self):
        """The same without a new task, for a person who still has an open one.

        >>> Deliveries((ALERT, TASK), (INBOX, TASK)).without_task().media
        ('inbox',)
        """
        if TASK not in self.channels:
            return self
        return Deliveries(
            tuple(name for name in self.channels if name != TASK),
            tuple(name for name in self.media if name != TASK),
            (*self.skipped, (TASK, TASK_OPEN)),
        )


@dataclass
class Notified:
    """Who is notified of an event of a case.

    ``channels_by_user``: channels by user id. ``skipped``: triples of a user id, a channel
    (None: all of them) and the reason why it is not served.
    """

    channels_by_user: dict = field(default_factory=dict)
    skipped: list = field(default_factory=list)

    @property
    def nobody(self) -> bool:
        """Whether nobody is notified, and nobody has an open task about the case either."""
        has_task = any(code == TASK_OPEN for _user, _channel, code in self.skipped)
        return not self.channels_by_user and not has_task

    def join(self, other: "Notified") -> None:
        """Add the people who are notified of the same event by another call."""
        self.channels_by_user |= other.channels_by_user
        self.skipped += other.skipped

    def add(self, user_id, deliveries):
        if deliveries.channels:
            self.channels_by_user[user_id] = deliveries.channels
        self.skipped += [(user_id, *skip) for skip in deliveries.skipped]


def refusal(person: Person):
    """The reason why a person cannot be notified at all, or None.

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
    """How a person is notified who asked for some channels.

    The author of an event gets no alert and no e-mail of it, but still gets a task. Auditors
    get no task. An alert is never an e-mail: who has no inbox gets it in a chat of OdooBot.

    :param channels: the names of the channels that the person asked for

    >>> deliveries(Person(), [EMAIL, ALERT]).media
    ('inbox', 'email')
    >>> deliveries(Person(reads_inbox=False), [ALERT, EMAIL]).media
    ('chat', 'email')
    >>> deliveries(Person(is_author=True), [ALERT, TASK]).channels
    ('task',)
    >>> deliveries(Person(has_address=False), [EMAIL]).skipped
    (('email', 'no_address'),)
    >>> deliveries(Person(reads_only=True), [TASK]).skipped
    (('task', 'reads_only'),)
    """
    refused = refusal(person)
    if refused:
        return Deliveries(skipped=((None, refused),))
    wanted = [
        name for name in CHANNELS if name in channels and (name == TASK or not person.is_author)
    ]
    barred = {}
    if person.reads_only:
        barred[TASK] = READS_ONLY
    if not person.is_reachable:
        barred[EMAIL] = NO_ADDRESS if not person.has_address else OUR_ALIAS
    skipped = tuple((name, barred[name]) for name in wanted if name in barred)
    wanted = [name for name in wanted if name not in barred]
    carriers = {ALERT: INBOX if person.reads_inbox else CHAT}
    media = tuple(carriers.get(name, name) for name in wanted)
    return Deliveries(tuple(wanted), media, skipped)


def assignment_channels(person: Person, promised: bool) -> tuple:
    """The channels by which a new assignee is notified.

    They get one e-mail whatever their preference in Odoo if the company promises it, and
    what they prefer in any case. Who cannot be written to gets an alert.

    :param promised: every assignee of the company gets an e-mail

    >>> assignment_channels(Person(), True)
    ('alert', 'email')
    >>> assignment_channels(Person(), False)
    ('alert',)
    >>> assignment_channels(Person(reads_inbox=False), False)
    ('email',)
    """
    alerted = person.reads_inbox or not person.is_reachable
    mailed = person.is_reachable and (promised or not person.reads_inbox)
    return (ALERT,) * alerted + (EMAIL,) * mailed


def who_hears(able, is_claim: bool) -> tuple:
    """The audiences that are notified that the customer wrote.

    The first of assignee, lines of the area, manager, legal adviser, supervisors of the company
    and administrators who can be notified; of a claim its legal adviser in any case.

    :param able: those of the audiences in which somebody can be notified

    >>> who_hears({ON_UPDATE, MANAGER}, is_claim=False)
    ('on_update',)
    >>> who_hears({ADMINISTRATORS, SUPERVISORS}, is_claim=True)
    ('supervisors',)
    >>> who_hears({ASSIGNEE, ADVISER}, is_claim=True)
    ('assignee', 'adviser')
    """
    found = [name for name in AUDIENCES[WROTE] if name in able]
    return tuple(found[:1] + [ADVISER] * (is_claim and ADVISER in found[1:]))


def media_left(media, reasons, heard) -> set:
    """The media of a notice that are still served to a person who got the customer's message.

    The message says by itself that the customer wrote, and what their writing changed. An
    e-mail that the person asked for is dropped only if the message came by e-mail.

    :param media: the media of the notice
    :param reasons: pairs of an event and its facts
    :param heard: how the person got the message: ``inbox`` or ``email``; None if they did not

    >>> sorted(media_left({INBOX, EMAIL, TASK}, [(WROTE, {})], heard="inbox"))
    ['email', 'task']
    >>> media_left({CHAT, EMAIL}, [(WROTE, {}), (CHANGED, {"fields": ["stage_id"]})], "email")
    set()
    """
    if not heard or any(code not in (WROTE, CHANGED) for code, _facts in reasons):
        return set(media)
    return set(media) - {INBOX, CHAT} - ({EMAIL} if heard == EMAIL else set())


def merged(reasons) -> list:
    """The reasons of one notice, each of them once.

    All changed fields become one reason, which is left out if the case is new in the area:
    its creation or move covers the changes. A new case is not also reported as moved, nor
    who is assigned of the change of the assignee.

    :param reasons: pairs of an event and its facts

    >>> merged([(CHANGED, {"fields": ["priority"]}), (CHANGED, {"fields": ["stage_id"]})])
    [('changed', {'fields': ['priority', 'stage_id']})]
    >>> merged([(CHANGED, {"fields": ["stage_id"]}), (MOVED, {"area_id": 3})])
    [('moved', {'area_id': 3})]
    """
    codes = {code for code, _facts in reasons}
    arrived = codes & {CREATED, MOVED}
    changed = []
    result = []
    for code, facts in reasons:
        if code == CHANGED:
            changed += [name for name in facts["fields"] if name not in changed]
        elif not (code == MOVED and CREATED in codes) and (code, facts) not in result:
            result.append((code, facts))
    if ASSIGNED in codes:
        changed = [name for name in changed if name != "user_id"]
    if changed and not arrived:
        result.append((CHANGED, {"fields": changed}))
    return result
