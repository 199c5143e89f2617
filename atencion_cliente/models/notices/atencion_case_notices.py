from dataclasses import replace

from odoo import api, models

from ...tools import audience
from .atencion_case_notice_sender import NEW, QUEUE, QueuedNotice

# Fields whose changes areas are notified of.
PEOPLE = ("partner_id", "requester_id")
WATCHED = ("stage_id", "priority", "user_id", "resolution", "note_ids")


class AtencionCaseNotices(models.Model):
    """Decides who is notified of the events of a case.

    Notices wait in a queue until the end of the transaction: each person gets one notice
    of all events of a case, and none of what is rolled back.
    """

    _inherit = "atencion.case"

    # -------------------------------------------------------------------------
    # Events
    # -------------------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list, carried):
        self._read_people_of_new(vals_list)
        return super()._prepare_create(vals_list, carried)

    @api.model
    def _read_people_of_new(self, vals_list):
        """Read the people of new cases at once: who registers them, is notified, or is named."""

        def linked(*names):
            ids = (vals.get(name) for vals in vals_list for name in names)
            return {id_ for id_ in ids if id_ and isinstance(id_, int)}

        (flag,) = audience.AUDIENCES[audience.CREATED]
        user_ids = {self.env.uid}
        for area in self.env["atencion.area"].browse(linked("area_id")):
            user_ids.update(*(ids for ids, _channels in area._notification_recipients(flag)))
        # sudo: the system decides by them; who may read them is asked as ever.
        users = self.env["res.users"].sudo().browse(user_ids)
        users.fetch()
        (users.partner_id | users.partner_id.browse(linked(*PEOPLE))).fetch()

    def _after_create(self, vals_list, carried):
        super()._after_create(vals_list, carried)
        self._remember_descriptions(vals_list)
        self.env.cr.precommit.data.setdefault(NEW, {}).update(dict.fromkeys(self.ids))
        (self - self._with_history(carried))._notify_area((audience.CREATED, {}))

    def _remember_descriptions(self, vals_list):
        """Notices quote the description of a new case, which Odoo would read back for them."""
        field = self._fields["description"]
        for case, vals in zip(self, vals_list, strict=True):
            field._insert_cache(case, [field.convert_to_cache(vals.get("description"), case)])

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
        if stage.is_closed:
            self._end_tasks_of_closed()
        elif moved:
            moved._end_tasks_of_other_areas()
        moved._notify_move(transferred)
        (self - moved)._notify_changes(carried["watched"])

    def _watched_values(self, vals):
        """The values, before a change, of what it may change, by case id."""
        names = [name for name in WATCHED if name in vals]
        if not names:
            return {}
        # sudo: agents may change a field that they may not read.
        return {case.id: {name: case[name] for name in names} for case in self.sudo()}

    def _notify_changes(self, before):
        """Notify the areas of the fields that changed. A removed note is no change.

        :param dict before: by case id, the earlier values by field name
        """
        by_names = {}
        for case in self.sudo():
            names = tuple(
                name
                for name, value in before.get(case.id, {}).items()
                if (case[name] - value if name == "note_ids" else case[name] != value)
            )
            by_names.setdefault(names, []).append(case.id)
        for names, ids in by_names.items():
            self.browse(ids)._notify_changed_fields(names)

    def _notify_changed_fields(self, names):
        """Notify the areas of the cases that some fields changed.

        Changes in the transaction that creates a case are part of its creation.
        """
        new = self.env.cr.precommit.data.get(NEW, ())
        cases = self.filtered(lambda case: case.id not in new)
        if cases and names:
            cases._notify_area((audience.CHANGED, {"fields": list(names)}))

    def _notify_move(self, transferred):
        """Notify the areas to which cases moved.

        :param bool transferred: the state says that it is a transfer; then the manager is
            notified of it if the area has no recipients
        """
        for area, cases in self.sudo().grouped("area_id").items():
            reason = (audience.MOVED, {"area_id": area.id})
            if not cases._notify_area(reason) and transferred:
                cases._queue_notices(area.manager_id, (audience.ALERT,), reason)

    def _notify_area(self, reason):
        """Notify the recipients whom the areas of the cases name for an event.

        :param reason: the event, and its facts
        :return: whether any area has recipients for it
        """
        event, facts = reason
        (flag,) = audience.AUDIENCES[event]
        found = False
        users = self.env["res.users"]
        for area, cases in self.sudo().grouped("area_id").items():
            lines = [
                (users.browse(ids), channels)
                for ids, channels in area._notification_recipients(flag)
            ]
            found = found or bool(lines)
            cases._queue_lines(lines, (event, facts | {"area_id": area.id}))
        return found

    def _message_auto_subscribe_notify(self, partner_ids, template):
        """Notify the new assignee of the case with all else that they are notified of.

        Odoo's own message has neither the description nor the notes, and would be a second
        e-mail where the area notifies the same person.
        """
        if self.env.context.get("mail_auto_subscribe_no_notify") or not self.env.registry.ready:
            return
        author = self._notice_author((audience.ASSIGNED, {}), None)
        assigned = self.sudo().filtered(lambda case: case.user_id.partner_id.id in partner_ids)
        for user, cases in assigned.grouped("user_id").items():
            person, aliases = self._as_person(user, author), self._aliases_among(user)
            for company, group in cases.grouped("company_id").items():
                channels = audience.assignment_channels(
                    group[0]._as_recipient(person, user, aliases), company.atencion_mail_assignee
                )
                group._queue_notices(user, channels, (audience.ASSIGNED, {}))

    # -------------------------------------------------------------------------
    # Queue
    # -------------------------------------------------------------------------

    def _queue_notices(self, users, channels, reason, author=None, queued=True):
        """Notify users of each case at the end of the transaction.

        Everything that is queued for one person and case becomes one notice per medium.

        :param users: the recipients, ``res.users``
        :param channels: the names of the channels (``tools.audience``)
        :param reason: the event and its facts, as ids and plain values: they are put into
            words later, in the language of each recipient
        :param author: the ``res.users`` who caused the event; by default the current user,
            or OdooBot for events that a rule or the calendar causes
        :param bool queued: False only finds out who would be notified
        :rtype: dict[int, audience.Notified]
        :return: by case id
        """
        return self._queue_lines([(users, channels)], reason, author, queued)

    def _queue_lines(self, lines, reason, author=None, queued=True):
        """Notify users of each case, as ``_queue_notices`` does, each by channels of their own.

        :param lines: pairs of ``res.users`` and the names of their channels
        """
        notified = {case.id: audience.Notified() for case in self}
        lines = [(users.sudo(), channels) for users, channels in lines if users and channels]
        if self.env.context.get("tracking_disable") or not self or not lines:
            return notified
        everybody = self.env["res.users"].sudo().union(*(users for users, _channels in lines))
        author = self._notice_author(reason, author)
        # The author is read with them: notices name them.
        read = everybody.with_prefetch((everybody | author).ids)
        people = {user: self._as_person(user, author) for user in read}
        mailed = any(audience.EMAIL in channels for _users, channels in lines)
        aliases = self._aliases_among(everybody) if mailed else set()
        for users, channels in lines:
            open_tasks = self._open_tasks(users) if audience.TASK in channels else {}
            for case in self.sudo():
                for user in users.with_prefetch(everybody.ids):
                    deliveries = audience.deliveries(
                        case._as_recipient(people[user], user, aliases), channels
                    )
                    if case._swallows(open_tasks.get((case.id, user.id)), reason):
                        deliveries = deliveries.without_task()
                    notified[case.id].add(user.id, deliveries)
                    if deliveries.media and queued:
                        case._queue_notice(user, deliveries.media, reason, author)
        return notified

    def _queue_notice(self, user, media, reason, author):
        precommit = self.env.cr.precommit
        if QUEUE not in precommit.data:
            precommit.data[QUEUE] = []
            # All notices of the transaction are sent at once: without the context of this call.
            precommit.add(self.with_env(self.env(context={}))._send_notices)
        precommit.data[QUEUE].append(
            QueuedNotice(self.id, user.id, author.partner_id.id, frozenset(media), reason)
        )

    @api.model
    def _notice_author(self, reason, author):
        """The user who caused the event; OdooBot for rules, the calendar and the public user."""
        if author:
            return author.sudo()
        user = self.env.user
        if reason[0] in audience.AUTOMATIC or user._is_public():
            user = self.env.ref("base.user_root")
        return user.sudo()

    @api.model
    def _as_person(self, user, author):
        """What decides how to notify a user, as far as it is the same for every case."""
        return audience.Person(
            active=user.active,
            internal=not user.share,
            reads_only=user._is_auditor(),
            has_address=bool(user.partner_id.email_normalized),
            reads_inbox=user.notification_type == "inbox",
            is_author=user == author,
        )

    def _as_recipient(self, person, user, aliases):
        """A person with what depends on this case.

        :param set aliases: addresses that are aliases of ours
        """
        self.ensure_one()
        return replace(
            person,
            # The companies of a user are kept between transactions.
            in_company=self.company_id.id in user._get_company_ids(),
            may_see=self._may_know(user, internal=True),
            is_our_alias=user.partner_id.email_normalized in aliases,
        )

    @api.model
    def _aliases_among(self, users):
        """The addresses of users that are mail aliases of this system: mail to them returns."""
        return self._own_addresses(user.partner_id.email_normalized for user in users)
