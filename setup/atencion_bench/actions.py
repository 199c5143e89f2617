"""What workloads do: functions of a bench, an environment, and what was prepared for them.

They return for how many records they did it, where it is not one.
"""

from .mails import mail
from .recording import filled_in

FIRST_NUMBER = 500_000
LIMIT = 80
MANY_HITS = 10_001


# Registering


def create_each(count):
    """One by one, each with a form of its own and a commit after it."""

    def act(bench, env, _state):
        tickets = env[bench.side.model]
        for number in range(count):
            tickets.create(bench.side.values(bench.world, FIRST_NUMBER + number))
            env.cr.flush()
            env.invalidate_all()
        return count

    return act


def create_batch(count):
    def act(bench, env, _state):
        numbers = range(FIRST_NUMBER, FIRST_NUMBER + count)
        values = [bench.side.values(bench.world, number) for number in numbers]
        return len(env[bench.side.model].create(values))

    return act


# Changing


def some_open(count):
    """Prepares: open tickets, the same at each repeat."""

    def prepare(bench, env):
        condition = bench.side.open_condition(bench.world)
        # A table of a thousand has not so many of them.
        most = min(count, bench.size * 2 // 5)
        env.cr.execute(
            f"SELECT id FROM {bench.side.table} WHERE {condition}"
            f" ORDER BY md5(id::text) LIMIT {most}"
        )
        return env[bench.side.model].browse([found for (found,) in env.cr.fetchall()])

    return prepare


def one_open(bench, env):
    """Prepares: what a form is opened with."""
    return bench.side.parts(some_open(1)(bench, env))


def change_each(how):
    def act(bench, env, tickets):
        for ticket in tickets:
            env.invalidate_all()
            getattr(bench.side, how)(ticket, bench.world)
            env.cr.flush()
        return len(tickets)

    return act


def change_all(how):
    def act(bench, _env, tickets):
        getattr(bench.side, how)(tickets, bench.world)
        return len(tickets)

    return act


# Looking at


def replay(page, *methods):
    """The calls that the web client makes when it opens a page, or some of them."""

    def act(bench, env, parts):
        for call in bench.calls[page]:
            if not methods or call["method"] in methods:
                bench.call(env, filled_in(call, parts or {}))
                env.invalidate_all()

    return act


def list_of(domain=None):
    """The list of 80 with the columns and in the order that the web client asks for.

    :param domain: a function of the side, or nothing for all tickets
    """

    def act(bench, env, _state):
        asked = domain(bench) if domain else []
        kept = list_request(bench)
        options = {"limit": LIMIT, "count_limit": MANY_HITS, "order": kept["order"]}
        env[bench.side.model].web_search_read(asked, kept["specification"], **options)

    return act


def list_request(bench) -> dict:
    """What the web client asks for: of the peer hidden columns, too."""
    [call] = [call for call in bench.calls["list"] if call["method"] == "web_search_read"]
    return call["kwargs"]


def by_deadline(bench, env, _state):
    bench.side.sorted_by_deadline(env, list_request(bench)["specification"])


def group_by_deadline(bench, env, _state):
    bench.side.grouped_by_deadline(env)


def text_of_few(bench):
    return f"special{bench.size // 2}"


def text_of_none(_bench):
    return "zzznothing"


def box(text):
    return lambda bench: bench.side.search_box(text(bench))


def description(text):
    return lambda bench: [("description", "ilike", text(bench))]


def overdue(bench):
    return bench.side.overdue()


def make_overdue(share):
    def prepare(bench, env):
        bench.side.make_overdue(env.cr, bench.world, share)

    return prepare


def contacts_by(digits):
    def act(_bench, env, _state):
        env["res.partner"].name_search(digits, limit=8)

    return act


def page_of(login):
    """The list of tickets in the portal."""

    def prepare(bench, _env):
        return bench.browser(login)

    def act(bench, _env, browser):
        browser.get(bench.side.portal_list)

    return {"prepare": prepare, "act": act}


# Mails


def answers(count):
    """Prepares: mails of customers, each of whom answers what the agent wrote to them."""
    pick = some_open(count)

    def prepare(bench, env):
        agent = bench.world["agent"]
        mails = []
        for number, ticket in enumerate(pick(bench, env)):
            written = ticket.with_user(agent).message_post(
                body="We come on Monday.",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
            mails.append(mail(number, written.sudo().message_id, ticket.partner_id.email))
        return mails

    return prepare


def first_mails(count):
    """Prepares: mails of customers that answer nothing, to the address of an area."""

    def prepare(_bench, _env):
        return [mail(number) for number in range(count)]

    return prepare


def receive(_bench, env, mails):
    for text in mails:
        if not env["mail.thread"].message_process(None, text):
            raise RuntimeError("The mail belongs to no ticket.")
        env.cr.flush()
        env.invalidate_all()
    return len(mails)


# Rules of escalation


def rules_find_nothing(bench, env):
    """Prepares: ten rules on all clocks, for which nothing has become due."""
    rules = [bench.world["rule"], *bench.world["other_rules"]]
    bench.side.use_rules(env.cr, *rules)


def due_by_mail(share):
    """Prepares: a share of the open cases for which a rule has to mail somebody."""

    def prepare(bench, env):
        bench.side.use_rules(env.cr, bench.world["rule"], email=True)
        count = bench.side.make_overdue(env.cr, bench.world, share)
        bench.side.searched(env.cr)
        return count

    return prepare


def escalate(bench, env, count):
    bench.side.escalate(env)
    return count
