import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ...tools import audience, satisfaction
from ...tools.addresses import addresses as addresses_in
from ..base.contained import contained

_logger = logging.getLogger(__name__)

# Number of cases whose customers are asked, and that are committed, together.
BATCH = 100
TEMPLATE = "atencion_cliente.mail_template_case_rating"


class AtencionCaseRatingRequest(models.Model):
    """Asks the requester, some time after a case was closed, how satisfied they are.

    ``tools.satisfaction`` says who is asked. Closing marks a case, reopening takes the mark, and
    so does the run that asks: each closing is asked about once.
    """

    _inherit = "atencion.case"

    rating_pending = fields.Boolean(
        "Rating to ask for", readonly=True, copy=False, groups="base.group_user"
    )
    rating_asked_at = fields.Datetime(
        "Rating asked for on", readonly=True, copy=False, groups="base.group_user"
    )

    _rating_pending_index = models.Index("(closed_at, id) WHERE rating_pending IS TRUE")
    _rating_asked_index = models.Index("(rating_asked_at) WHERE rating_asked_at IS NOT NULL")

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"rating_pending", "rating_asked_at"}

    def _stage_values(self, change, moment):
        values = super()._stage_values(change, moment)
        marked = satisfaction.is_marked(
            was_closed=bool(self.closed_at),
            is_closed=change.stage.is_closed,
            by_person=not (change.rule or self._is_unannounced()),
            marked=self.rating_pending,
        )
        return values if marked == self.rating_pending else values | {"rating_pending": marked}

    # -------------------------------------------------------------------------
    # The run
    # -------------------------------------------------------------------------

    @api.model
    def _cron_ask_for_ratings(self):
        """Ask the customers who are due, in batches that are committed one by one.

        A run that dies, or finds a case locked, leaves the rest to the next one.
        """
        template = self.env.ref(TEMPLATE, raise_if_not_found=False)
        if not template or not template.active:
            return
        cron, ids = self.env["ir.cron"], self._due_rating_ids()
        seconds = cron._commit_progress(remaining=len(ids)) if ids else 0
        for batch in split_every(BATCH, ids):
            if not seconds:
                break
            self._ask_batch(batch)
            seconds = cron._commit_progress(len(batch))

    @api.model
    def _due_rating_ids(self):
        """The ids of the marked cases whose wait is over.

        :rtype: list[int]
        """
        self.flush_model(["closed_at", "rating_pending"])
        self.env["res.company"].flush_model(["atencion_rating_wait_hours"])
        return [id_ for (id_,) in self.env.execute_query(self._due_ratings_sql())]

    @api.model
    def _due_ratings_sql(self):
        return SQL(
            """
            SELECT c.id FROM atencion_case c JOIN res_company company ON company.id = c.company_id
            WHERE c.rating_pending IS TRUE AND c.closed_at <= %(now)s
            AND c.closed_at <= %(now)s - make_interval(hours => company.atencion_rating_wait_hours)
            ORDER BY c.closed_at, c.id
            """,
            now=fields.Datetime.now(),
        )

    @api.model
    def _ask_batch(self, ids):
        """Ask about some cases, except those that another transaction has locked.

        :param list ids: of the cases
        """
        try:
            # sudo: the work of the system. The lock is the first statement of its transaction.
            cases = self.sudo().with_context(active_test=False).browse(ids)
            locked = cases.try_lock_for_update(allow_referencing=True)
            locked.filtered("rating_pending")._ask_locked()
        except OperationalError as error:
            # Another transaction changed one of the cases: the next run finds them again.
            self.env.cr.rollback()
            _logger.info("Requests for ratings are left for the next run: %s", error)

    def _ask_locked(self):
        """Ask the customers of these cases who are to be asked; forget the others."""
        addresses = {
            case_id: {audience.REQUESTER: people.get(audience.REQUESTER, "")}
            for case_id, people in self._customer_addresses().items()
        }
        decisions = self._rating_decisions(addresses)
        by_decision = self.grouped(lambda case: decisions[case.id])
        left = by_decision.get(satisfaction.LEAVE)
        if left:
            left._write_checked({"rating_pending": False})
        asked = by_decision.get(satisfaction.ASK)
        if asked:
            asked._ask_customers(addresses)

    def _ask_customers(self, addresses):
        """Write to the requesters; a case that fails is tried by the next run, and stops no other.

        :param dict addresses: as of ``_customer_addresses``
        """
        try:
            with contained(self.env):
                self._request_ratings(addresses)
                self._write_to_customers(self.env.ref(TEMPLATE), addresses)
        except OperationalError:
            raise
        except Exception:
            if len(self) > 1:
                for case in self:
                    case._ask_customers(addresses)
                return
            _logger.exception("Case %s: its customer cannot be asked for a rating", self.id)

    def _request_ratings(self, addresses):
        """Create the ratings that the customers are to give.

        :param dict addresses: as of ``_customer_addresses``
        :return: ``rating.rating``, with ``sudo``
        """
        self._write_checked({"rating_pending": False, "rating_asked_at": fields.Datetime.now()})
        model_id = self.env["ir.model"]._get_id(self._name)
        # sudo: nobody has the right to create ratings.
        return (
            self.env["rating.rating"]
            .sudo()
            .create(
                [
                    {
                        "atencion_email": _first(addresses[case.id][audience.REQUESTER]),
                        "atencion_reopening": case.reopening,
                        "partner_id": case._rating_get_partner().id,
                        "rated_partner_id": case._rating_get_operator().id,
                        "res_id": case.id,
                        "res_model_id": model_id,
                    }
                    for case in self
                ]
            )
        )

    # -------------------------------------------------------------------------
    # Who is asked
    # -------------------------------------------------------------------------

    def _rating_decisions(self, addresses):
        """What to do about each case (``tools.satisfaction``), by its id.

        Of several cases of one customer, the first that was closed is asked about.
        """
        people = {case: case._who_rates(addresses[case.id][audience.REQUESTER]) for case in self}
        lately, about = self._asked_lately(people), self._asked_closings()
        now, decisions = fields.Datetime.now(), {}
        for case in self.sorted(lambda case: (case.closed_at or now, case.id)):
            closing = satisfaction.Closing(
                closed_at=case.closed_at or None,
                wait_hours=case.company_id.atencion_rating_wait_hours,
                counts=case.active and not case.exclude_from_kpi,
                type_asks=case.type_id.ask_rating,
                has_address=bool(addresses[case.id][audience.REQUESTER]),
                asked_already=(case.id, case.reopening) in about,
                asked_lately=not lately.isdisjoint(people[case]),
            )
            decisions[case.id] = satisfaction.decide(closing, now)
            if decisions[case.id] == satisfaction.ASK:
                lately |= people[case]
        return decisions

    def _who_rates(self, emails):
        """By what the customer is known who would be asked: contact and address, in the company.

        :param str emails: the addresses of the requester
        :rtype: set[tuple]
        """
        known = {self._rating_get_partner().id, _first(emails)}
        return {(self.company_id.id, key) for key in known if key}

    def _asked_lately(self, people):
        """Who among some people was asked within ``satisfaction.QUIET``, with one statement.

        :param dict people: as of ``_who_rates``, by case
        :rtype: set[tuple]
        """
        keys = {key for known in people.values() for _company, key in known}
        self.flush_model(["company_id", "rating_asked_at"])
        self.env["rating.rating"].flush_model(["atencion_email", "partner_id"])
        rows = self.env.execute_query(self._asked_lately_sql(keys))
        return {(company, key) for company, *known in rows for key in known}

    @api.model
    def _asked_lately_sql(self, keys):
        return SQL(
            """
            SELECT c.company_id, rating.partner_id, rating.atencion_email
            FROM atencion_case c
            JOIN rating_rating rating ON rating.res_id = c.id AND rating.res_model = %(model)s
            WHERE c.rating_asked_at > %(since)s AND rating.atencion_email IS NOT NULL
            AND (rating.partner_id = ANY(%(partners)s) OR rating.atencion_email = ANY(%(emails)s))
            """,
            model=self._name,
            since=fields.Datetime.now() - satisfaction.QUIET,
            partners=[key for key in keys if isinstance(key, int)],
            emails=[key for key in keys if isinstance(key, str)],
        )

    def _asked_closings(self):
        """The closings about which customers were asked: ids of cases, each with its closing."""
        asked = self.env["rating.rating"].search_fetch(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("atencion_email", "!=", False),
            ],
            ["atencion_reopening", "res_id"],
        )
        return {(rating.res_id, rating.atencion_reopening) for rating in asked}


def _first(emails):
    """The first of the addresses in a text, or an empty text."""
    return next(iter(addresses_in(emails)), "")
