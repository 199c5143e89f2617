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
# The medium of an alert for users who read their notifications in Odoo. The other media
# have the name of their channel.
INBOX = "inbox"

# Events of which internal users are notified.
CREATED = "created"
MOVED = "moved"
CHANGED = "changed"
RULE = "rule"
WARNING = "warning"
STUCK = "stuck"
# Events of which the customer is notified.
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
# Events that a rule or the calendar causes: they have no human author.
AUTOMATIC = (RULE, WARNING, STUCK)

# Why a person is not notified.
INACTIVE = "inactive"
NOT_INTERNAL = "not_internal"
OTHER_COMPANY = "other_company"
CONFIDENTIAL = "confidential"
NO_ADDRESS = "no_address"
OUR_ALIAS = "our_alias"
TASK_OPEN = "task_open"


@dataclass(frozen=True)
class Person:
    """What decides whether and how a person is notified of a case.

    ``may_see``: the case is not confidential, or they may know of it. ``is_author``: they
    caused the event. ``was_assigned``: Odoo itself notifies them that they are the new
    assignee.
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

    The author of an event, and an assignee whom Odoo notifies of the assignment, get no
    alert and no e-mail, but still get a task. Users who handle their notifications by
    e-mail have no inbox: an alert reaches them by e-mail, and alert and e-mail together
    are one e-mail. Without a usable address they get the alert in the inbox.

    :param channels: the names of the channels that the person asked for

    >>> deliveries(Person(), [EMAIL, ALERT]).media
    ('inbox', 'email')
    >>> deliveries(Person(reads_inbox=False), [ALERT, EMAIL]).media
    ('email',)
    >>> deliveries(Person(is_author=True), [ALERT, TASK]).channels
    ('task',)
    >>> deliveries(Person(has_address=False), [EMAIL]).skipped
    (('email', 'no_address'),)
    """
    refused = refusal(person)
    if refused:
        return Deliveries(skipped=((None, refused),))
    informed = person.is_author or person.was_assigned
    wanted = [name for name in CHANNELS if name in channels and (name == TASK or not informed)]
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
    """The reasons of one notice, each of them once.

    All changed fields become one reason, which is left out if the case is new in the area:
    its creation or move covers the changes. A new case is not also reported as moved.

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
    if changed and not arrived:
        result.append((CHANGED, {"fields": changed}))
    return result
