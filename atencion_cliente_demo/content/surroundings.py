"""Follow-ups, visits, ratings, notes and solutions of the cases."""

from datetime import timedelta

from odoo import Command

from . import conversations as said
from .cases import PLANS, outcome

KEY_OF = {plan.subject: key for key, plan in PLANS.items()}
NOON = 12 * 60
SATURDAY = 5


def load(book):
    _load_activities(book)
    _load_visits(book)
    _load_ratings(book)
    _load_notes(book)
    _load_solutions(book)


def _case(book, subject):
    return book[KEY_OF[subject]]


def _load_activities(book):
    activities = {
        f"activity_{position:02d}": activity
        for position, activity in enumerate(said.ACTIVITIES, start=1)
    }
    book.add(
        "mail.activity",
        {key: _activity_values(book, activity) for key, activity in activities.items()},
    )
    for key, activity in activities.items():
        if activity.done or activity.cancelled:
            book[key].date_done = book[key].date_deadline


def _activity_values(book, activity):
    due = book.day(activity.age)
    return {
        "case_id": _case(book, activity.subject).id,
        "activity_type_id": book.ref(f"mail.mail_activity_data_{activity.kind}").id,
        "summary": activity.summary,
        "user_id": book[f"user_{activity.login}"].id,
        "date_start": activity.days and due - timedelta(days=activity.days),
        "date_deadline": due,
        "priority": activity.priority,
        "feedback": activity.feedback,
    } | _progress(activity)


def _progress(activity):
    if activity.cancelled:
        return {"execution_state": "cancelled", "progress": activity.progress}
    return {"progress": 100 if activity.done else activity.progress}


def _load_visits(book):
    """Visits are planned four days before, or now; past visits are done."""
    model = book.env["ir.model"]._get_id("atencion.case")
    visits = {
        f"visit_{position}": _visit_values(book, visit) | {"res_model_id": model}
        for position, visit in enumerate(said.VISITS, start=1)
    }
    for key, values in visits.items():
        case = book.env["atencion.case"].browse(values["res_id"])
        before = case.message_ids
        event = book.add("calendar.event", {key: values})
        planned = max(event.start - timedelta(days=4), case.received_at)
        _date_logs(case.message_ids - before, min(planned, book.now()), event.user_id)
        if book.company._day_of(event.start) < book.today:
            _finish_visit(event, case)


def _finish_visit(event, case):
    """Mark the activity of the meeting as done at the end of the visit."""
    before = case.message_ids
    event.activity_ids.action_done()
    event.with_context(active_test=False).activity_ids.date_done = event.stop.date()
    _date_logs(case.message_ids - before, event.stop, event.user_id)


def _date_logs(messages, moment, user):
    messages.write({"date": moment, "author_id": user.partner_id.id})


def _visit_values(book, visit):
    case, user = _case(book, visit.subject), book[f"user_{visit.login}"]
    visitors = case.requester_id | user.partner_id
    start = book.company._start_of(_working_day(book, visit.age)) + timedelta(hours=visit.hour)
    return {
        "name": f"Visita: {visit.reason} ({case.unit_id.code or case.project_id.code})",
        "description": f"<p>{case.name}: {case.subject}</p>",
        "location": case.project_id.display_name,
        "start": start,
        "stop": start + timedelta(hours=1),
        "user_id": user.id,
        "partner_ids": [Command.set(visitors.ids)],
        "res_id": case.id,
    }


def _working_day(book, age):
    """The day, or the nearest weekday further from today."""
    day = book.day(age)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1 if age < 0 else -1)
    return day


def _load_ratings(book):
    """Every other closed case has a rating, at most two days after its answer."""
    closed = [key for key, plan in PLANS.items() if plan.is_closed][::2]
    model = book.env["ir.model"]._get_id("atencion.case")
    rated = list(zip(closed, said.RATINGS, strict=False))
    ratings = book.add(
        "rating.rating",
        {
            f"rating_{key}": {
                "res_model_id": model,
                "res_id": book[key].id,
                "rating": stars,
                "feedback": feedback,
                "consumed": True,
                "partner_id": (book[key].requester_id or book[key].partner_id).id,
                "rated_partner_id": book[key].user_id.partner_id.id,
            }
            for key, (stars, feedback) in rated
        },
    )
    for rating, (key, (_stars, feedback)) in zip(ratings, rated, strict=True):
        rating.rated_on = min(
            book[key].closed_at + timedelta(hours=30), book.moment(book.today, NOON)
        )
        book[key].customer_comment = feedback


def _load_notes(book):
    book.add(
        "atencion.note",
        {
            f"note_{position}": {
                "name": note.name,
                "date": book.day(note.age),
                "body": f"<p>{note.body}</p>",
                "case_ids": [Command.set([_case(book, name).id for name in note.subjects])],
                "company_id": book.company.id,
            }
            for position, note in enumerate(said.NOTES, start=1)
        },
    )


def _load_solutions(book):
    """Each solution comes from the first case that it solved, and is applied in the others.

    Upheld cases record their own solution when they close; rejected cases record none.
    """
    Solution = book.env["atencion.solution"]
    for position, (name, text, category, problem) in enumerate(said.SOLUTIONS, start=1):
        keys = [key for key, plan in PLANS.items() if plan.is_closed and outcome(plan) == text]
        keys.sort(key=lambda key: -PLANS[key].age)
        first, *others = keys
        values = {
            "name": name,
            "problem": f"<p>{problem}</p>",
            "solution": f"<p>{text}</p>",
            "category_id": book.id_of(category and f"category_{category}"),
        }
        solution = book[first].recorded_solution_ids
        if solution:
            solution.write(values)
        else:
            solution = Solution.create(values | _origin_values(book, book[first]))
        book.keep({f"solution_{position}": solution})
        for key in others:
            _apply(book[key], solution)
    own = Solution.search([("case_id", "in", book.ids_of(PLANS)), ("is_edited", "=", False)])
    book.keep({f"solution_of_{record.case_id.name}": record for record in own})


def _origin_values(book, case):
    return {
        "case_id": case.id,
        "type_id": case.type_id.id,
        "area_id": case.area_id.id,
        "unit_kind": case.unit_id.kind,
        "date": book.company._day_of(case.closed_at),
        "company_id": book.company.id,
    }


def _apply(case, solution):
    """Apply a solution to a closed case as if it had been applied just before the closing."""
    case.recorded_solution_ids.unlink()
    case._at(case.closed_at).solution_id = solution
