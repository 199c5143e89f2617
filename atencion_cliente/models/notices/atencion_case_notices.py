from dataclasses import replace

from odoo import api, models

from ...tools import audience
from .atencion_case_notice_sender import ASSIGNED, NEW, QUEUE, Notice

# Changes that an area may want to know.
WATCHED = ("stage_id", "priority", "user_id", "resolution", "note_ids")


class AtencionCaseNotices(models.Model):
    """Whom a case tells what happens to it.

    Notices wait for the end of the transaction: what happens to a case in it is told
    once to each person, and what is rolled back is told to nobody.
    """

    _inherit = "atencion.case"

    # -------------------------------------------------------------------------
    # Events
    # -------------------------------------------------------------------------

    def _after_create(self, vals_list, carried):
        super()._after_create(vals_list, carried)
        self.env.cr.precommit.data.setdefault(NEW, set()).update(self.ids)
        (self - self._with_history(carried))._tell_area((audience.CREATED, {}))

    def _prepare_write(self, vals, carried):
        carried["watched"] = self._watched_values(vals)
        if "area_id" in vals:
            carried["areas"] = {case.id: case.area_id for case in self.sudo()}
        return super()._prepare_write(vals, carried)

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        areas = carried.get("areas")
        stage = self.env["atencion.case.stage"].browse(vals.get("stage_id") or ())
        transferred = stage.requires_area_change
        moved = self.filtered(
            lambda case: transferred or areas and case.sudo().area_id != areas[case.id]
        )
        moved._tell_move(transferred)
        (self - moved)._tell_changes(carried["watched"])

    def _watched_values(self, vals):
        """The values, before a change, of what it may change, by case id."""
        names = [name for name in WATCHED if name in vals]
        if not names:
            return {}
        # The agent may not read what he changes: a resolution, or an assignee's case.
        return {case.id: {name: case[name] for name in names} for case in self.sudo()}

    def _tell_changes(self, before):
        """Tell the areas of cases what changed; a note taken away is no news."""
        by_names = {}
        for case in self.sudo():
            names = tuple(
                name
                for name, value in before.get(case.id, {}).items()
                if (case[name] - value if name == "note_ids" else case[name] != value)
            )
            by_names.setdefault(names, []).append(case.id)
        for names, ids in by_names.items():
            self.browse(ids)._tell_changed(names)

    def _tell_changed(self, names):
        """Tell the areas of cases that fields changed.

        What changes while a case is registered is part of its registration.
        """
        new = self.env.cr.precommit.data.get(NEW, ())
        cases = self.filtered(lambda case: case.id not in new)
        if cases and names:
            cases._tell_area((audience.CHANGED, {"fields": list(names)}))

    def _tell_move(self, transferred):
        """Tell the areas that took cases; of a transfer at least the manager hears."""
        for area, cases in self.sudo().grouped("area_id").items():
            reason = (audience.MOVED, {"area_id": area.id})
            if not cases._tell_area(reason) and transferred:
                cases._queue_notices(area.manager_id, (audience.ALERT,), reason)

    def _tell_area(self, reason):
        """Tell the people whom the areas of the cases tell of an event.

        :return: whether an area has anybody to tell
        """
        (flag,) = audience.AUDIENCES[reason[0]]
        found = False
        for area, cases in self.sudo().grouped("area_id").items():
            for user_ids, channels in area._notification_recipients(flag):
                found = True
                cases._queue_notices(self.env["res.users"].browse(user_ids), channels, reason)
        return found

    def _message_auto_subscribe_notify(self, partner_ids, template):
        """Odoo tells an assignee that a case is his: nobody else does, and by the queue."""
        assigned = self.env.cr.precommit.data.setdefault(ASSIGNED, set())
        assigned.update((case_id, partner_id) for case_id in self.ids for partner_id in partner_ids)
        cases = self.with_context(mail_notify_force_send=False)
        return super(AtencionCaseNotices, cases)._message_auto_subscribe_notify(
            partner_ids, template
        )

    # -------------------------------------------------------------------------
    # Queue
    # -------------------------------------------------------------------------

    def _queue_notices(self, users, channels, reason, author=None, queued=True):
        """Tell users of each case at the end of the transaction.

        Everything queued for one person and case becomes one notice a medium.

        :param users: whom to tell, ``res.users``
        :param channels: by which channels (``tools.audience``)
        :param reason: the event, and ids and plain values that say more about it: a
            reader's language is known only when the notice is written
        :param author: the ``res.users`` who did it; by default the current user, or
            OdooBot for what a rule or the calendar did
        :param bool queued: tell them; without it, only find out who would be told
        :return: ``audience.Told`` by case id
        """
        told = {case.id: audience.Told() for case in self}
        if self.env.context.get("tracking_disable") or not self or not users or not channels:
            return told
        cases, users = self.sudo(), users.sudo()
        author = self._notice_author(reason, author)
        people = {user: self._as_person(user, author) for user in users}
        aliases = self._aliases_among(people)
        busy = self._open_tasks(users) if audience.TASK in channels else ()
        for case in cases:
            for user, person in people.items():
                deliveries = audience.deliveries(case._as_told(person, user, aliases), channels)
                if (case.id, user.id) in busy:
                    deliveries = deliveries.without_task()
                told[case.id].add(user.id, deliveries)
                if deliveries.media and queued:
                    case._queue_notice(user, deliveries.media, reason, author)
        return told

    def _queue_notice(self, user, media, reason, author):
        precommit = self.env.cr.precommit
        if QUEUE not in precommit.data:
            precommit.data[QUEUE] = {}
            # Nothing of this call but its user goes with the notices of all.
            precommit.add(self.with_env(self.env(context={}))._send_notices)
        notices = precommit.data[QUEUE]
        key = (self.id, user.id)
        notice = notices.setdefault(key, Notice(author.partner_id.id))
        notice.media.update(media)
        notice.reasons.append(reason)

    @api.model
    def _notice_author(self, reason, author):
        """The user who did what is told, OdooBot if nobody did."""
        if author:
            return author.sudo()
        user = self.env.user
        if reason[0] in audience.AUTOMATIC or user._is_public():
            user = self.env.ref("base.user_root")
        return user.sudo()

    @api.model
    def _as_person(self, user, author):
        """What is the same of a user for every case."""
        return audience.Person(
            active=user.active,
            internal=not user.share,
            has_address=bool(user.partner_id.email_normalized),
            reads_inbox=user.notification_type == "inbox",
            is_author=user == author,
        )

    def _as_told(self, person, user, aliases):
        """A person as he stands to one case."""
        self.ensure_one()
        assigned = self.env.cr.precommit.data.get(ASSIGNED, ())
        return replace(
            person,
            in_company=self.company_id in user.company_ids,
            may_see=self._may_know(user, internal=True),
            is_our_alias=user.partner_id.email_normalized in aliases,
            was_assigned=(self.id, user.partner_id.id) in assigned,
        )

    @api.model
    def _aliases_among(self, users):
        """The addresses of users that are aliases of ours: mail to them comes back."""
        addresses = [email for user in users if (email := user.partner_id.email_normalized)]
        return set(self.env["mail.alias.domain"].sudo()._find_aliases(addresses))

    def _open_tasks(self, users):
        """The automatic to-dos that users still have: pairs of case and user ids."""
        activities = (
            self.env["mail.activity"]
            .sudo()
            .search_fetch(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("user_id", "in", users.ids),
                    ("automated", "=", True),
                    ("activity_type_id", "=", self.env.ref("mail.mail_activity_data_todo").id),
                ],
                ["res_id", "user_id"],
            )
        )
        return {(activity.res_id, activity.user_id.id) for activity in activities}
