"""The steps of the page “Getting started”, and when each of them is done."""

from dataclasses import dataclass

from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.translate import LazyGettext, LazyTranslate

from .starter_book import own_rows

_lt = LazyTranslate(__name__)
# Contacts whose number waits for a person, as the filter of their list has them.
TO_VERIFY = Domain("identity_proposal", "!=", False)


@dataclass(frozen=True)
class Step:
    """What an administrator sets up.

    :param needs: names of ``facts``: the step is done when the company has all of them
    :param reason: why it is needed, in a sentence
    :param begin: the button of the step; None if it names what comes next
    :param look: the button of a step that is done
    """

    needs: tuple[str, ...]
    title: LazyGettext
    reason: LazyGettext
    begin: LazyGettext | None
    look: LazyGettext


STEPS = {
    "areas": Step(
        ("area",),
        _lt("Service areas"),
        _lt("They are the teams that solve cases: each case belongs to one."),
        _lt("Create an area"),
        _lt("See the areas"),
    ),
    "types": Step(
        ("deadline",),
        _lt("Case types and their days"),
        _lt("The type says what is asked for, which area answers it and in what time."),
        _lt("Create a type"),
        _lt("See the types"),
    ),
    "hours": Step(
        ("zone", "working_time"),
        _lt("Working hours and holidays"),
        _lt("They say which days count, and so from when on an answer is late."),
        None,
        _lt("See the holidays"),
    ),
    "people": Step(
        ("member",),
        _lt("People"),
        _lt("Who belongs to an area sees its cases and takes them."),
        _lt("Add people to the areas"),
        _lt("See who belongs to them"),
    ),
    "portfolio": Step(
        ("unit", "contract"),
        _lt("Properties and contracts"),
        _lt("With them, whoever calls is found by identity number, name or unit."),
        None,
        _lt("See the contracts"),
    ),
    "case": Step(
        ("case",),
        _lt("The first case"),
        _lt("Write down what a customer asks for: number and deadline come by themselves."),
        _lt("Register a case"),
        _lt("See the cases"),
    ),
}


def facts(company):
    """What a company may have: by name, sources of it, any of which will do.

    What the addon or Odoo installs is none of it: states, sources, warranty schemes and the
    calendar that every company is created with. What the example loads is, because an
    administrator loads it; so is what came by an import, another application or a program.

    * ``area``, ``member``: an area in use; somebody who works here and belongs to one.
    * ``deadline``: a type in use, of the company or of all, that has a deadline: with none, no
      case would ever be late. 0 days are a deadline, that of the same day.
    * ``zone``: another one than UTC, by which a day of the company would begin and end at the
      wrong hour. Odoo gives the first calendar the zone of who logs in first.
    * ``working_time``: a holiday of the company, or hours that were changed or added. Odoo gives
      every company 40 hours a week from Monday to Friday: that somebody looked at them leaves
      no trace.
    * ``unit``, ``contract``: both are needed to find a customer by what they bought. Projects and
      ``holder`` come before them in an import, blocks may.
    * ``case``: any case, whatever became of it.
    * ``to_verify``: a contact whose identity number may have lost zeros in an import.
    * ``mail_server``: an outgoing mail server, which is of all companies.
    * ``any_setting``: an area or a type, also an archived one: the example is not offered any more.
    * ``example``: what the example loaded for this company, and is still there.

    :return: pairs of a model and the domain of the records that count
    :rtype: dict[str, tuple[tuple[str, Domain], ...]]
    """
    own, active = Domain("company_id", "=", company.id), Domain("active", "=", True)
    usable = Domain("company_id", "in", (company.id, False))
    # By the few projects, and not by all units of all companies.
    in_project = Domain("project_id", "any", own)
    return {
        "area": (("atencion.area", own & active),),
        "deadline": (("atencion.case.type", usable & active & Domain("has_limit", "=", True)),),
        "zone": (("resource.calendar", _calendar(company) & Domain("tz", "!=", "UTC")),),
        "working_time": _working_time(company),
        "member": (("atencion.area", own & active & Domain("member_ids.active", "=", True)),),
        "project": (("atencion.project", own),),
        "block": (("atencion.block", in_project),),
        "unit": (("atencion.unit", in_project),),
        "holder": (("res.partner", usable & _customers(company)),),
        "contract": (("atencion.contract", own),),
        "case": (("atencion.case", own),),
        "to_verify": (("res.partner", usable & TO_VERIFY),),
        "mail_server": (("ir.mail_server", active),),
        "any_setting": (("atencion.area", own), ("atencion.case.type", usable)),
        "example": (("ir.model.data", own_rows(company)),),
    }


def _customers(company):
    """Contacts with an identity number that are neither a company of ours nor a user."""
    companies = company.env["res.company"].sudo()._search([], active_test=False)
    return (
        Domain("identity_normalized", "!=", False)
        & Domain("id", "not in", companies.subselect(SQL("partner_id")))
        & Domain("user_ids", "=", False)
    )


def _calendar(company):
    return Domain("id", "=", company._counting_facts()[0])


def holidays(company):
    """The domain of the days off of a company, and not of a person or a thing."""
    return (
        Domain("company_id", "=", company.id)
        & Domain("calendar_id", "in", (company._counting_facts()[0], False))
        & Domain("resource_id", "=", False)
    )


def _working_time(company):
    hours = Domain("calendar_id", "=", company._counting_facts()[0])
    return (
        ("resource.calendar.leaves", holidays(company) & Domain("time_type", "=", "leave")),
        ("resource.calendar.attendance", hours & Domain.custom(to_sql=_is_later)),
    )


def _is_later(_hours, alias, _query):
    """Whether hours were changed or added after their calendar was created with its own."""
    return SQL(
        "%s > (SELECT create_date FROM resource_calendar WHERE id = %s)",
        SQL.identifier(alias, "write_date"),
        SQL.identifier(alias, "calendar_id"),
    )


def found_facts(company):
    """Which of the facts are true of a company: one statement, which reads a row of each.

    :rtype: dict[str, bool]
    """
    # sudo: only whether there is any is told; the caller has checked who asks.
    env = company.env(su=True)
    conditions = {
        name: SQL(" OR ").join(
            SQL("EXISTS (%s)", env[model]._search(domain, active_test=False).select(SQL("1")))
            for model, domain in sources
        )
        for name, sources in facts(company).items()
    }
    [row] = env.execute_query(SQL("SELECT %s", SQL(", ").join(conditions.values())))
    return dict(zip(conditions, row, strict=True))
