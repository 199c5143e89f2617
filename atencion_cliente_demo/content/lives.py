"""The lives of the cases: their changes of state, and what is written between these.

All cases live at once, change by change, so that what is written between two changes is
created in one go, and the log of each case is in the order in which it happened.
"""

from datetime import timedelta

from . import talk, texts
from .cases import ARRIVED, PLANS, POSITION, REJECTED, assignee, note_of, outcome, source_of
from .service import AREAS, TYPES


def load(book, keys):
    """Let cases live.

    :param list keys: of the cases, in the order of their reception
    """
    stages = {stage.code: stage for stage in book.env["atencion.case.stage"].search([])}
    subtypes = [book.ref(f"mail.mt_{name}").id for name in ("comment", "note")]
    lives = [Life(book, key, subtypes) for key in keys]
    _date_receptions(book, lives)
    for changes in range(max(len(life.steps) for life in lives) + 1):
        book.env["mail.message"].create(
            [values for life in lives for values in life.messages(changes)]
        )
        for life in lives:
            if changes < len(life.steps):
                life.change(changes, stages)
    _mark_unread(lives)


def _date_receptions(book, lives):
    """Set the date of what the creation of the cases has logged to that of their reception."""
    received = {life.case.id: life.times[0] for life in lives}
    for message in book.env["mail.message"].search(
        [("model", "=", "atencion.case"), ("res_id", "in", list(received))]
    ):
        message.date = received[message.res_id]


def _mark_unread(lives):
    """Mark the open cases in which nobody has answered the customer yet."""
    for life in lives:
        if life.asked and not life.case.is_closed:
            life.case._mark_unread()


class Life:
    """The changes of state of a case, each with its moment, and what is written after each."""

    def __init__(self, book, key, subtypes):
        self.book, self._subtypes = book, subtypes
        self.case, self.plan, self.position = book[key], PLANS[key], POSITION[key]
        self.steps = self.plan.steps()
        self.area = TYPES[self.plan.case_type].area
        self.times = self._times()
        self.asked = False
        self._own = talk.own_messages(book, self.case)
        self._lines = talk.lines_of(self.plan, source_of(self.plan), self.position)

    def _times(self):
        """The moments of the reception and of each change."""
        times = [self.case.received_at]
        for number, step in enumerate(self.steps):
            day = self.book.day(self.plan.age - step.day)
            at = self.book.moment(day, 9 * 60 + (self.position * 53 + number * 97) % 480)
            latest = min(times[-1] + timedelta(minutes=25), self.book.moment(day, 1439))
            times.append(max(at, latest))
        return times

    # -------------------------------------------------------------------------
    # Messages
    # -------------------------------------------------------------------------

    def messages(self, changes):
        """Values of what is written after some changes of state, and before the next one."""
        if changes > len(self.steps):
            return []
        begin, end = (*self.times, self.book.now())[changes : changes + 2]
        own = [
            self._values(moment, message.text, self._author(message.author), message.internal)
            for moment, message in self._own
            if moment >= begin and (moment < end or changes == len(self.steps))
        ]
        lines = [line for line in self._lines if line.changes == changes]
        return own + [
            self._line_values(line, moment)
            for line, moment in zip(lines, talk.moments(len(lines), begin, end), strict=True)
        ]

    def _author(self, key):
        record = self.book[key]
        return record.partner_id if record._name == "res.users" else record

    def _line_values(self, line, moment):
        name = self.case.requester_name.split()[0]
        subject = self.plan.subject[0].lower() + self.plan.subject[1:]
        answer = outcome(self.plan) if self.plan.is_closed else ""
        text = line.text.format(
            name=name, subject=subject, number=self.case.name, answer=answer
        ).replace("?.", "?")
        customer = self.case.requester_id
        if line.by_customer and customer:
            return self._values(moment, text[0].upper() + text[1:], customer, False)
        if line.by_customer:
            text = f"{name} escribió por WhatsApp: «{text}»"
        return self._values(
            moment, text, self._colleague().partner_id, line.internal or line.by_customer
        )

    def _colleague(self):
        return self.case.user_id or self.book[f"user_{AREAS[self.area].members[0]}"]

    def _values(self, moment, text, author, internal):
        """Values of a message, which is not posted: posting notifies the followers."""
        if not internal:
            self.asked = author.partner_share
        return {
            "model": self.case._name,
            "res_id": self.case.id,
            "message_type": "comment",
            "subtype_id": self._subtypes[internal],
            "is_internal": internal,
            "author_id": author.id,
            "body": f"<p>{text}</p>",
            "date": moment,
            # Odoo would search one for each message; nothing is sent.
            "reply_to": False,
        }

    # -------------------------------------------------------------------------
    # Changes of state
    # -------------------------------------------------------------------------

    def change(self, number, stages):
        """Make a change of state, at its moment and by the assignee."""
        step, moment = self.steps[number], self.times[number + 1]
        note = note_of(self.plan, step, self.position + number)
        self._move_documents(step.code, moment)
        self._conclude(step, note)
        new_area = self.book[f"area_{step.area}"] if step.area else None
        then = self.case.with_user(self._colleague()).sudo()._at(moment)
        then._change_stage(stages[step.code], note, new_area)
        self._date_log(moment)
        self.area = step.area or self.area
        if not self.case.user_id and not step.area:
            self.case.user_id = self.book[assignee(self.plan, self.area, self.position)]

    def _move_documents(self, code, moment):
        """Set the documents of the case as its next state requires."""
        documents = self.case.document_ids._at(moment)
        if code == "RIT":
            documents.state = "in_transit"
        elif code == "WRC" and documents and set(documents.mapped("state")) == {ARRIVED}:
            documents[0].write(REJECTED)
        elif code not in ("WRC", "REJ"):
            documents.write({"state": ARRIVED, "reason": False})

    def _conclude(self, step, note):
        """Write the answer of the case before it closes."""
        if step.code not in ("CLO", "REJ"):
            return
        case, upheld = self.case, step.code == "CLO"
        result = texts.resolution_for(self.plan.category, self.plan.subject) if upheld else note
        answer = texts.ANSWER.format(number=case.name, outcome=result)
        values = {"response": f"<p>{answer}</p>"}
        if upheld:
            values["resolution"] = f"<p>{result}</p>"
        if case.form == "claim":
            values["provider_statement"] = f"<p>{texts.STATEMENT}</p>"
        case.write(values)

    def _date_log(self, moment):
        """Set the date of the messages that a change has just logged to that of the change."""
        messages = self.case.env["mail.message"].search(
            [
                ("model", "=", self.case._name),
                ("res_id", "=", self.case.id),
                ("date", ">", moment),
            ]
        )
        messages.date = moment
