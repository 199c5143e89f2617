from odoo import api, models


class AtencionCaseOverviewTexts(models.Model):
    """What the overview calls its figures, and how it explains them."""

    _inherit = "atencion.case"

    @api.model
    def _overview_texts(self):
        """The label of each figure, and what it counts.

        :rtype: dict[str, tuple[str, str]]
        """
        labels, helps = self._overview_labels(), self._overview_helps()
        return {name: (label, helps[name]) for name, label in labels.items()}

    @api.model
    def _overview_labels(self):
        overdue, due_today = self.env._("Overdue"), self.env._("Fall due today")
        return {
            "open": self.env._("Open"),
            "new": self.env._("New"),
            "unassigned": self.env._("Unassigned"),
            "overdue": overdue,
            "due_today": due_today,
            "waiting": self.env._("Waiting"),
            "mine": self.env._("My own"),
            "own_overdue": overdue,
            "own_due_today": due_today,
            "own_unread": self.env._("Replies to read"),
            "own_visits": self.env._("Visits"),
            "own_closed": self.env._("Closed"),
            "own_on_time": self.env._("Closed on time"),
        }

    @api.model
    def _overview_helps(self):
        return {
            "open": self.env._("Open cases."),
            "new": self.env._(
                "Open cases whose state nobody has changed since they were registered, and which "
                "do not wait for the customer."
            ),
            "unassigned": self.env._("Open cases that nobody has taken yet."),
            "overdue": self.env._("Open cases whose deadline has passed."),
            "due_today": self.env._("Open cases whose deadline is today."),
            "waiting": self.env._(
                "Open cases that wait for the customer: their clock has stopped."
            ),
            "mine": self.env._("Open cases that are assigned to you."),
            "own_overdue": self.env._("Your open cases whose deadline has passed."),
            "own_due_today": self.env._("Your open cases whose deadline is today."),
            "own_unread": self.env._(
                "Your cases whose customer wrote, and nobody has answered yet."
            ),
            "own_visits": self.env._("Your events of today about cases."),
            "own_closed": self.env._("Cases assigned to you that were closed this week."),
            "own_on_time": self.env._("Those of them that were attended within their deadline."),
        }
