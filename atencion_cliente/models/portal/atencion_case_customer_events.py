from collections import defaultdict
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from odoo import models
from odoo.tools import format_date, format_time

# Most entries that a page shows of each kind, the latest.
MOST_ENTRIES, MOST_VISITS = 100, 20
# A document that had its state so soon was handed over with the request, and never asked for.
AT_ONCE = timedelta(minutes=1)


class CustomerEvent(NamedTuple):
    """Something that happened to a case, in words for its customer.

    ``moment``: UTC; the page names its day in the zone of the company.
    """

    moment: datetime
    text: str


class AtencionCaseCustomerEvents(models.Model):
    """What happened to a case, as its customer may know it.

    No areas, no people, no rules, no notes: what is told is chosen here, one kind after the other.
    The page reads with ``sudo``: its route has checked who asks.
    """

    _inherit = "atencion.case"

    def _customer_timeline(self):
        """The events of the case by their days, the latest first.

        Nothing comes before the registration: of two at the same moment, the first is told first.

        :return: pairs of a day, in words, and the event
        :rtype: list[tuple[str, CustomerEvent]]
        """
        self.ensure_one()
        events = sorted(
            self._customer_events(), key=lambda event: max(event.moment, self.received_at)
        )
        return [
            (format_date(self.env, self.company_id._day_of(event.moment)), event)
            for event in reversed(events)
        ]

    def _customer_events(self):
        """The events, the registration first. Whoever has more to tell adds it with ``super()``.

        :rtype: list[CustomerEvent]
        """
        self.ensure_one()
        registered = CustomerEvent(self.received_at, self.env._("We registered your case"))
        return [
            registered,
            *self._documents_for_customer(),
            *self._closings_for_customer(),
            *self._visits_for_customer(),
        ]

    # -------------------------------------------------------------------------
    # Answered and reopened
    # -------------------------------------------------------------------------

    def _closings_for_customer(self):
        entries = self.env["atencion.case.history"].search_fetch(
            [("case_id", "=", self.id)],
            ["closed", "entered_at", "is_first", "response", "stage_id"],
            order="entered_at desc, id desc",
            limit=MOST_ENTRIES,
        )
        for before, entry in pairwise([entries.browse(), *entries[::-1]]):
            if entry.closed and entry.stage_id != before.stage_id:
                # A closing before a reopening has its own answer.
                answer = entry.response or self.response
                yield CustomerEvent(entry.began_at, entry.stage_id._customer_text(answer))
            elif before.closed and not entry.closed:
                yield CustomerEvent(entry.began_at, self.env._("We reopened your case"))

    # -------------------------------------------------------------------------
    # Documents
    # -------------------------------------------------------------------------

    def _documents_for_customer(self):
        """What was asked for and what became of it; what is alike on one day makes one event."""
        words = {
            "asked": self.env._("We asked you for: %(names)s"),
            "in_transit": self.env._("It arrived, and we are checking it: %(names)s"),
            "received": self.env._("We received: %(names)s"),
            "rejected": self.env._("We could not accept: %(names)s. %(reason)s"),
            "waived": self.env._("We no longer need: %(names)s"),
        }
        told = defaultdict(list)
        for document in self.document_ids:
            name = document._customer_name()
            for kind, moment, reason in _steps_of(document):
                told[kind, reason, self.company_id._day_of(moment)].append((moment, name))
        for (kind, reason, _day), lines in told.items():
            names = ", ".join(name for _moment, name in lines)
            text = words[kind] % {"names": names, "reason": reason}
            yield CustomerEvent(max(moment for moment, _name in lines), text)

    # -------------------------------------------------------------------------
    # Visits
    # -------------------------------------------------------------------------

    def _visits_for_customer(self):
        """The events of the calendar to which a customer of the case is invited."""
        customers = self._customers()
        if not customers:
            return
        visits = self.env["calendar.event"].search_fetch(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("partner_ids", "in", customers.ids),
            ],
            ["allday", "start", "start_date"],
            order="start desc, id desc",
            limit=MOST_VISITS,
        )
        zone = str(self.company_id._zone())
        for visit in visits:
            if visit.allday:
                begin = self.company_id._start_of(visit.start_date)
                yield CustomerEvent(begin, self.env._("Visit scheduled"))
            else:
                hour = format_time(self.env, visit.start, zone, "short")
                yield CustomerEvent(visit.start, self.env._("Visit scheduled at %s", hour))


def _steps_of(document):
    """What a customer knows of a document: that it was asked for, and how it stands since when.

    Of what it was before, only why it was not accepted.

    :return: triples of the kind of step, its moment, and the reason of a rejection
    """
    since, created = document.state_since, document.create_date
    if created and (not since or since - created > AT_ONCE):
        yield "asked", created, ""
    for moment, reason in document._former_rejections():
        yield "rejected", moment, reason
    if since and document.state != "pending":
        yield document.state, since, document.reason if document.state == "rejected" else ""
