from odoo import api, models
from odoo.fields import Command, Domain
from odoo.tools import SQL

from ...tools.commands import referred_ids

CASE = "atencion.case"
LINKS = ("res_model", "res_model_id", "res_id")
# Fields of an event that reveal its case, or what it is about.
REVEALING_FIELDS = frozenset({"name", "description", "location", "videocall_location", *LINKS})


class CalendarEvent(models.Model):
    """Events of confidential cases are private, and shown to users who may know of the case.

    Their guests are people who may know of it, and outsiders without a login whom a user
    invites, such as an expert (``_allowed_recipients`` of the case).
    """

    _inherit = "calendar.event"

    @api.model
    def _of_case(self, case):
        """All events of a case, including cancelled ones."""
        events = self.with_context(active_test=False)
        return events.search([("res_model", "=", CASE), ("res_id", "=", case.id)])

    # -------------------------------------------------------------------------
    # CRUD
    # -------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # Guests are removed before the creation: it sends the invitations.
        events = super().create([self._confidential_values(vals) for vals in vals_list])
        events._enforce_confidentiality_by_case()
        return events

    def write(self, vals):
        names = ("partner_ids", "privacy", "user_id", *LINKS)
        if vals.keys().isdisjoint(names):
            return super().write(vals)
        linked = not vals.keys().isdisjoint(LINKS)
        ours = self._of_cases()
        if ours and "partner_ids" in vals:
            for case in ours._confidential_cases():
                vals = self._without_excluded_guests(vals, case)
        series = "recurrence_update" in vals
        result = super().write(vals)
        if ours or linked:
            # Rewriting a series deletes its events.
            (self.exists() if ours or series else self)._enforce_confidentiality_by_case()
        return result

    @api.model
    def _confidential_values(self, vals):
        """The values of a new event; one of a confidential case is private, without others."""
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
        return self._without_excluded_guests(vals, case) | {"privacy": "private"}

    @api.model
    def _asked_case(self, vals):
        """The case of a new event; empty if it has none."""
        asked = {name: vals[name] for name in LINKS if vals.get(name)}
        if len(asked) < 2:
            asked = self.default_get(list(LINKS)) | asked
        model_id = self.env["ir.model"]._get_id(CASE)
        # sudo: whether the user may plan it is checked elsewhere.
        cases = self.env[CASE].sudo()
        if asked.get("res_model") == CASE or asked.get("res_model_id") == model_id:
            return cases.browse(asked.get("res_id") or ()).exists()
        return cases

    @api.model
    def _without_excluded_guests(self, vals, case):
        """Values of an event without guests who may not know of its case; it logs their names."""
        guests = case.env["res.partner"].browse(referred_ids(vals.get("partner_ids")))
        allowed = case._allowed_recipients(guests)
        if guests - allowed:
            case._log_left_out(guests - allowed)
            vals = vals | {"partner_ids": _only(vals["partner_ids"], allowed.ids)}
        return vals

    def _confidential_cases(self):
        """The confidential cases of the events."""
        # sudo: private events hide their case from users who do not take part.
        ids = self.sudo().filtered(lambda event: event.res_model == CASE).mapped("res_id")
        return self.env[CASE].sudo().browse(set(ids)).exists().filtered("is_confidential")

    def _enforce_confidentiality_by_case(self):
        """Enforce the confidentiality of cases on those of these events that are theirs."""
        for case in self._confidential_cases():
            events = self.sudo().filtered(
                lambda event, case=case: event.res_model == CASE and event.res_id == case.id
            )
            text = events._enforce_confidentiality(case)
            if text:
                case._message_log(body=text)

    def _enforce_confidentiality(self, case):
        """Make events of a confidential case private, and remove people who may not know of it.

        :return: what the log of the case says about it, or an empty text
        """
        text = ""
        public = self.filtered(lambda event: event.privacy != "private")
        if public:
            public.write({"privacy": "private", "recurrence_update": "self_only"})
        excluded = self.partner_ids - case._allowed_recipients(self.partner_ids)
        if excluded:
            names = ", ".join(excluded.mapped("name"))
            text = self.env._("Taken off the events of this confidential case: %s.", names)
            commands = [Command.unlink(partner.id) for partner in excluded]
            for event in self.filtered(lambda event: event.partner_ids & excluded):
                event.write({"partner_ids": commands, "recurrence_update": "self_only"})
        followers = self.message_follower_ids
        allowed = case._allowed_recipients(followers.partner_id)
        followers.filtered(lambda follower: follower.partner_id not in allowed).unlink()
        known = case._who_may_know(self.user_id, internal=True)[case.id]
        for event in self.filtered(lambda event: event.user_id - known):
            event.write({"user_id": case._fallback_assignee().id, "recurrence_update": "self_only"})
        return text

    def _hidden_from_user(self):
        """Those of the events whose case is confidential, if the user may not know of it."""
        return self.sudo().exists()._hidden_from_user_by_case().with_env(self.env)

    def _hidden_from_user_by_case(self):
        """The same for existing events in ``sudo``: without it, private events hide their case."""
        events = self.filtered(lambda event: event.res_model == CASE)
        cases = self.env[CASE].sudo(False)
        hidden = set(cases._hidden_from_user(set(events.mapped("res_id"))).ids)
        return events.filtered(lambda event: event.res_id in hidden)

    # -------------------------------------------------------------------------
    # Recipients and readers
    # -------------------------------------------------------------------------

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        for case in self._confidential_cases() if recipients else ():
            partners = case.env["res.partner"].browse(one["id"] for one in recipients if one["id"])
            allowed = case._allowed_recipients(partners)
            recipients = [one for one in recipients if not one["id"] or one["id"] in allowed.ids]
        return recipients

    def _message_followers_to_store(self, *args, **kwargs):
        """Show the followers only to users who may know of the case; Odoo checks nothing."""
        hidden = self._hidden_from_user()
        if hidden:
            raise self.env["ir.rule"]._make_access_error("read", hidden)
        return super()._message_followers_to_store(*args, **kwargs)

    def _check_private_event_conditions(self):
        """Show a private event of a confidential case to users who may know of the case."""
        hidden = super()._check_private_event_conditions()
        if self.privacy != "private":
            return hidden
        # sudo: the case decides. Only these two fields are read, for all events at once: Odoo
        # has not yet cleared what this user must not see from the shared cache.
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
            # Everybody may search by the public fields, which only show who is busy when.
            found_by = {
                condition.field_expr.partition(".")[0] for condition in domain.iter_conditions()
            }
            if found_by - self._get_public_fields() - {"partner_ids"}:
                domain &= Domain.custom(to_sql=self._readable_sql)
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Sort by the visible values only: the order of hidden ones would reveal them."""
        if self.env.su or field_name not in REVEALING_FIELDS:
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        value = self._visible_value_sql(alias, self._field_to_sql(alias, field_name, query), query)
        query._order_groupby.append(value)
        return SQL("%s %s %s", value, direction, nulls)

    def _read_group_groupby(self, alias, groupby_spec, query):
        """The same for groups, including those of guests or reminders by fields of the event."""
        value = super()._read_group_groupby(alias, groupby_spec, query)
        if self.env.su or groupby_spec not in REVEALING_FIELDS:
            return value
        return self._visible_value_sql(alias, value, query)

    @api.model
    def _visible_value_sql(self, alias, value, query):
        """The value of an event, or NULL if the event is hidden from the user."""
        return SQL("(CASE WHEN %s THEN %s END)", self._readable_sql(self, alias, query), value)

    def _get_default_privacy_domain(self):
        return Domain(super()._get_default_privacy_domain()) & Domain.custom(
            to_sql=self._readable_sql
        )

    @api.model
    def _hidden_event_sql(self, event_id, is_public=SQL("TRUE")):  # noqa: B008 - a constant
        """The SQL condition that an event is of a case that is hidden from the user.

        :param SQL event_id: the id of the event
        :param SQL is_public: whether requester and holder may know of what is searched
        """
        return SQL(
            """EXISTS (
                SELECT FROM calendar_event event
                WHERE event.id = %(event)s AND event.res_model = %(case)s AND %(hidden)s)""",
            event=event_id,
            case=CASE,
            hidden=self.env[CASE]._hidden_sql(SQL.identifier("event", "res_id"), is_public),
        )

    @api.model
    def _readable_sql(self, model, alias, query):
        """The SQL condition that an event is of no case that is hidden from the user."""
        return SQL(
            "(%(model)s IS DISTINCT FROM %(case)s OR NOT %(hidden)s)",
            model=SQL.identifier(alias, "res_model"),
            case=CASE,
            hidden=self.env[CASE]._hidden_sql(SQL.identifier(alias, "res_id"), SQL("TRUE")),
        )


def _only(commands, ids):
    """The commands of a many2many field, adding none but some ids.

    >>> _only([(6, 0, [7, 8]), (4, 8, 0), (3, 9, 0)], [7])
    [(6, 0, [7]), (3, 9, 0)]
    """
    result = []
    for command in commands:
        if not isinstance(command, (list, tuple)):
            result += [Command.link(command)] if command in ids else []
        elif command[0] == Command.SET:
            result.append((Command.SET, 0, [id_ for id_ in command[2] if id_ in ids]))
        elif command[0] != Command.LINK or command[1] in ids:
            result.append(command)
    return result
