from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL, formataddr, plaintext2html

from odoo.addons.rating.models import rating_data

from ...tools.addresses import addresses
from ..base.moment_text import moment_text
from ..base.server_context import server_value
from ..evidence.mail_thread_rating import RATING

GIVEN = Markup("<p><b>%s</b> · %s<br/>%s</p>")


class AtencionCaseSatisfaction(models.Model):
    """How satisfied the customer is with the closings of a case, and what follows from it."""

    _inherit = "atencion.case"

    satisfaction = fields.Float(
        compute="_compute_satisfaction",
        digits=(2, 1),
        aggregator="avg",
        groups="base.group_user",
        help="The last rating of the customer, from 1, unsatisfied, to 5, satisfied. Averages "
        "leave out the cases without one.",
    )
    satisfaction_label = fields.Selection(
        [("top", "Satisfied"), ("ok", "Neutral"), ("ko", "Unsatisfied")],
        "Rating of the customer",
        compute="_compute_satisfaction",
        groups="base.group_user",
    )
    rating_history = fields.Html(
        "Ratings of the customer",
        compute="_compute_rating_history",
        sanitize=False,  # what customers wrote is escaped
        groups="base.group_user",
        exportable=False,
    )

    _rated_index = models.Index("(rating_last_value) WHERE rating_last_value > 0")

    @api.depends("rating_last_value")
    def _compute_satisfaction(self):
        for case in self:
            value = case.rating_last_value
            case.satisfaction = value
            case.satisfaction_label = value and rating_data._rating_to_text(value)

    @api.depends("rating_last_value", "rating_ids.consumed")
    @api.depends_context("lang", "tz", "uid")
    def _compute_rating_history(self):
        for case in self:
            # The others cost no statement.
            ratings = case.rating_ids if case.rating_last_value else self.env["rating.rating"]
            case.rating_history = Markup().join(
                GIVEN
                % (
                    self._rating_word(rating.rating),
                    moment_text(self.env, rating.rated_on or rating.write_date),
                    plaintext2html(rating.feedback or "", with_paragraph=False),
                )
                for rating in ratings.filtered("consumed").sorted("rated_on", reverse=True)
            )

    @api.model
    def _rating_word(self, value):
        """What a rating says, in the language of the user."""
        label = rating_data._rating_to_text(value)
        words = dict(self._fields["satisfaction_label"]._description_selection(self.env))
        return words.get(label, "")

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr == "satisfaction":
            self._check_field_access(self._fields[field_expr], "read")
            # Odoo stores no rating as 0.
            return SQL("NULLIF(%s, 0)", super()._field_to_sql(alias, "rating_last_value", query))
        return super()._field_to_sql(alias, field_expr, query)

    # -------------------------------------------------------------------------
    # What Odoo asks of a record that is rated
    # -------------------------------------------------------------------------

    def _rating_get_parent_field_name(self):
        return "area_id"

    def _rating_get_partner(self):
        """The requester, to whom the question is sent; empty if only an address is typed."""
        # sudo: which contact it is decides the system, also for a customer who rates.
        return self.sudo()._requesting_partner().with_env(self.env)

    def _rating_apply_get_default_subtype_id(self):
        """What the customer adds is for the staff alone."""
        return self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")

    def _message_compute_author(self, author_id=None, email_from=None):
        """Who is known by a typed name and address alone rates in this name, and not as nobody."""
        if author_id is None and not email_from and server_value(self.env, RATING):
            # sudo: whoever rates has no right to read who asked.
            case = self.sudo()
            if typed := addresses(case.requester_email)[:1]:
                author_id, email_from = False, formataddr((case.requester_name or "", *typed))
        return super()._message_compute_author(author_id, email_from)

    # -------------------------------------------------------------------------
    # Unsatisfied customers
    # -------------------------------------------------------------------------

    def _after_rating(self, rating):
        result = super()._after_rating(rating)
        # sudo: a customer has no rights on to-dos.
        if rating.sudo().rating_text == "ko":
            self.with_user(SUPERUSER_ID)._ask_to_call_back(rating.sudo())
        return result

    def _ask_to_call_back(self, rating):
        """Give the manager of the area, or else an administrator, a to-do for the customer."""
        self.ensure_one()
        user = self._first_who_takes(self.area_id.manager_id, self.company_id._mail_administrator())
        if not user:
            return
        # Odoo mails the assignee of an activity; a to-do shows in their list.
        case = self.with_context(lang=user.lang, mail_activity_quick_update=True)
        said = rating.feedback or case.env._("They added no comment.")
        case.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.company_id._today(),
            user_id=user.id,
            summary=case.env._("Unsatisfied customer: call them"),
            note=Markup("<p>%s</p><blockquote>%s</blockquote>")
            % (
                case.env._("They rated this case, and read that somebody will call them."),
                plaintext2html(said, with_paragraph=False),
            ),
        )
