from odoo import api, models
from odoo.fields import Command, Domain
from odoo.tools import SQL

from ...tools.commands import referred_ids

CASE = "atencion.case"
LINKS = ("res_model", "res_model_id", "res_id")
# What an event tells of its case.
TELLING = frozenset({"name", "description", "location", "videocall_location", *LINKS})


class CalendarEvent(models.Model):
    """Events of confidential cases are private, and shown to who may know of the case.

    Whoever may not know of it takes no part, but people outside, without a login, do whom
    somebody invites on purpose, as an expert.
    """

    _inherit = "calendar.event"

    @api.model
    def _of_case(self, case):
        """All events of a case, also cancelled ones."""
        events = self.with_context(active_test=False)
        return events.search([("res_model", "=", CASE), ("res_id", "=", case.id)])

    # -------------------------------------------------------------------------
    # CRUD
    # -------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # Before they are created: Odoo invites the guests of an event with its creation.
        events = super().create([self._confidential_values(vals) for vals in vals_list])
        events._keep_secrets()
        return events

    def write(self, vals):
        names = ("partner_ids", "privacy", "user_id", *LINKS)
        if vals.keys().isdisjoint(names):
            return super().write(vals)
        linked = not vals.keys().isdisjoint(LINKS)
        ours = self._of_cases()
        if ours and "partner_ids" in vals:
            for case in ours._secret_cases():
                vals = self._without_unknowing(vals, case)
        series = "recurrence_update" in vals
        result = super().write(vals)
        if ours or linked:
            # A series that is rewritten deletes its events.
            (self.exists() if ours or series else self)._keep_secrets()
        return result

    @api.model
    def _confidential_values(self, vals):
        """The values of a new event, private and without guests who may not know."""
        context = self.env.context
        by_default = context.get("default_res_model_id") or CASE in (
            context.get("default_res_model"),
            context.get("active_model"),
        )
        if vals.keys().isdisjoint(LINKS) and not by_default:
            return vals
        case = self._asked_case(vals)
        if not case.is_confidential:
            return vals
        if vals.get("partner_ids") is None:
            vals = vals | self.default_get(["partner_ids"])
        return self._without_unknowing(vals, case) | {"privacy": "private"}

    @api.model
    def _asked_case(self, vals):
        """The case of a new event, empty if it is of none."""
        asked = {name: vals[name] for name in LINKS if vals.get(name)}
        if len(asked) < 2:
            asked = self.default_get(list(LINKS)) | asked
        model_id = self.env["ir.model"]._get_id(CASE)
        # sudo: whether the user may plan it is another question.
        cases = self.env[CASE].sudo()
        if asked.get("res_model") == CASE or asked.get("res_model_id") == model_id:
            return cases.browse(asked.get("res_id") or ()).exists()
        return cases

    @api.model
    def _without_unknowing(self, vals, case):
        """Values of an event without guests who may not know of its case."""
        guests = case.env["res.partner"].browse(referred_ids(vals.get("partner_ids")))
        reached = case._may_be_written_to(guests)
        if guests - reached:
            case._log_left_out(guests - reached)
            vals = vals | {"partner_ids": _only(vals["partner_ids"], reached.ids)}
        return vals

    def _secret_cases(self):
        """The confidential cases of the events."""
        # sudo: private events hide their case from who takes no part in them.
        ids = self.sudo().filtered(lambda event: event.res_model == CASE).mapped("res_id")
        return self.env[CASE].sudo().browse(set(ids)).exists().filtered("is_confidential")

    def _keep_secrets(self):
        """Keep those of the events that are of confidential cases from who may not know."""
        for case in self._secret_cases():
            events = self.sudo().filtered(
                lambda event, case=case: event.res_model == CASE and event.res_id == case.id
            )
            told = events._keep_secret(case)
            if told:
                case._message_log(body=told)

    def _keep_secret(self, case):
        """Make events of a confidential case private, without who may not know of it.

        :return: what the log of the case says about it
        """
        told = []
        public = self.filtered(lambda event: event.privacy != "private")
        if public:
            public.write({"privacy": "private", "recurrence_update": "self_only"})
        unknowing = self.partner_ids - case._may_be_written_to(self.partner_ids)
        if unknowing:
            names = ", ".join(unknowing.mapped("name"))
            told.append(self.env._("Taken off the events of this confidential case: %s.", names))
            commands = [Command.unlink(partner.id) for partner in unknowing]
            for event in self.filtered(lambda event: event.partner_ids & unknowing):
                event.write({"partner_ids": commands, "recurrence_update": "self_only"})
        followers = self.message_follower_ids
        reached = case._may_be_written_to(followers.partner_id)
        followers.filtered(lambda follower: follower.partner_id not in reached).unlink()
        known = case._who_may_know(self.user_id, internal=True)[case.id]
        for event in self.filtered(lambda event: event.user_id - known):
            event.write({"user_id": case._heir().id, "recurrence_update": "self_only"})
        return " ".join(told)

    def _kept_from_user(self):
        """Those of the events that are of confidential cases of which the user may not know."""
        return self.sudo().exists()._kept_from_user_of_cases().with_env(self.env)

    def _kept_from_user_of_cases(self):
        """The same of events that are there, as ``sudo``: others hide their case."""
        events = self.filtered(lambda event: event.res_model == CASE)
        cases = self.env[CASE].sudo(False)
        kept = set(cases._kept_from_user(set(events.mapped("res_id"))).ids)
        return events.filtered(lambda event: event.res_id in kept)

    # -------------------------------------------------------------------------
    # Who is told, and who reads it
    # -------------------------------------------------------------------------

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        for case in self._secret_cases() if recipients else ():
            told = case.env["res.partner"].browse(one["id"] for one in recipients if one["id"])
            reached = case._may_be_written_to(told)
            recipients = [one for one in recipients if not one["id"] or one["id"] in reached.ids]
        return recipients

    def _message_followers_to_store(self, *args, **kwargs):
        """Odoo names the followers of any record to any user; here, to who may know of it."""
        kept = self._kept_from_user()
        if kept:
            raise self.env["ir.rule"]._make_access_error("read", kept)
        return super()._message_followers_to_store(*args, **kwargs)

    def _check_private_event_conditions(self):
        """A private event of a confidential case is for who may know of the case."""
        hidden = super()._check_private_event_conditions()
        if self.privacy != "private":
            return hidden
        # sudo: whose event it is decides. Nothing else is read, at once for all of them: Odoo
        # has not emptied the memory that this user shares yet.
        event = self.sudo()
        event.browse(filter(None, self._prefetch_ids)).fetch(["res_model", "res_id"])
        if event.res_model != CASE:
            return hidden
        case = self.env[CASE].sudo().browse(event.res_id).exists()
        return not case._may_know(self.env.user) if case.is_confidential else hidden

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access:
            domain = Domain(domain)
            # Everybody finds that somebody is busy, and nobody finds at what.
            found_by = {
                condition.field_expr.partition(".")[0] for condition in domain.iter_conditions()
            }
            if found_by - self._get_public_fields() - {"partner_ids"}:
                domain &= Domain.custom(to_sql=self._readable_sql)
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Nobody sorts events by what is kept from them: it would tell, letter by letter."""
        if self.env.su or field_name not in TELLING:
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        value = self._told_sql(alias, self._field_to_sql(alias, field_name, query), query)
        query._order_groupby.append(value)
        return SQL("%s %s %s", value, direction, nulls)

    def _read_group_groupby(self, alias, groupby_spec, query):
        """The same of groups, also of guests or reminders by what their event tells."""
        value = super()._read_group_groupby(alias, groupby_spec, query)
        told = self.env.su or groupby_spec not in TELLING
        return value if told else self._told_sql(alias, value, query)

    @api.model
    def _told_sql(self, alias, value, query):
        """What an event tells, or nothing to who may not know of its case."""
        return SQL("(CASE WHEN %s THEN %s END)", self._readable_sql(self, alias, query), value)

    def _get_default_privacy_domain(self):
        return Domain(super()._get_default_privacy_domain()) & Domain.custom(
            to_sql=self._readable_sql
        )

    @api.model
    def _kept_event_sql(self, event_id, is_public=SQL("TRUE")):  # noqa: B008 - a constant
        """The condition that an event is of a case that is kept from the user.

        :param SQL event_id: the id
        :param SQL is_public: whether it is about what requester and holder may know
        """
        return SQL(
            """EXISTS (
                SELECT FROM calendar_event event
                WHERE event.id = %(event)s AND event.res_model = %(case)s AND %(kept)s)""",
            event=event_id,
            case=CASE,
            kept=self.env[CASE]._kept_from_sql(SQL.identifier("event", "res_id"), is_public),
        )

    @api.model
    def _readable_sql(self, model, alias, query):
        """The condition that an event is of no case that is kept from the user."""
        return SQL(
            "(%(model)s IS DISTINCT FROM %(case)s OR NOT %(kept)s)",
            model=SQL.identifier(alias, "res_model"),
            case=CASE,
            kept=self.env[CASE]._kept_from_sql(SQL.identifier(alias, "res_id"), SQL("TRUE")),
        )


def _only(commands, ids):
    """Commands that add to a many2many field, of some ids only.

    >>> _only([(6, 0, [7, 8]), (4, 8, 0), (3, 9, 0)], [7])
    [(6, 0, [7]), (3, 9, 0)]
    """
    kept = []
    for command in commands:
        if not isinstance(command, (list, tuple)):
            kept += [Command.link(command)] if command in ids else []
        elif command[0] == Command.SET:
            kept.append((Command.SET, 0, [id_ for id_ in command[2] if id_ in ids]))
        elif command[0] != Command.LINK or command[1] in ids:
            kept.append(command)
    return kept
