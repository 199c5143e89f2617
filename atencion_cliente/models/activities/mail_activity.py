from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...tools.activity_progress import (
    CANCELLED,
    DONE,
    PENDING,
    Progress,
)
from ...tools.evidence import is_ours
from ..base.public_method import public
from ..base.server_context import server_value, with_server_value

CASE = "atencion.case"
PROGRESS = frozenset({"active", "execution_state", "progress"})
LINKS = frozenset({"res_id", "res_model_id", "res_model"})


class MailActivity(models.Model):
    """Activities of cases have a progress, and are archived when they are finished.

    Odoo archives done activities, and deletes cancelled ones. Those of a case are archived
    in both cases, with their state, their percentage and their day. Activities of other
    models stay as they are in Odoo.
    """

    _name = "mail.activity"
    _inherit = ["atencion.bounds", "atencion.readable.links", "mail.activity"]
    _checked_links = frozenset({"case_id"})

    case_id = fields.Many2one(
        CASE,
        compute="_compute_case_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="cascade",
    )
    date_start = fields.Date("Start date")
    priority = fields.Selection(
        [("0", "Low"), ("1", "Normal"), ("2", "High"), ("3", "Urgent")], default="1"
    )
    progress = fields.Integer(
        "% done", help="From 0 to 100. 100 marks the activity as done, and done is 100."
    )
    execution_state = fields.Selection(
        [
            ("pending", "Pending"),
            ("in_progress", "In progress"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        string="Execution",
        required=True,
        default=PENDING,
        group_expand=True,
    )

    atencion_reason = fields.Char(
        "Reason of the automatic to-do",
        readonly=True,
        copy=False,
        help="What an automatic to-do of a case is about: an area, or a rule.",
    )

    _progress_is_percentage = models.Constraint(
        "CHECK (progress BETWEEN 0 AND 100)", "The percentage goes from 0 to 100."
    )

    def init(self):
        super().init()
        # During an update, other modules create activities before Odoo has loaded ours.
        self.env.cr.execute(
            "ALTER TABLE mail_activity ALTER COLUMN execution_state SET DEFAULT 'pending'"
        )

    # -------------------------------------------------------------------------
    # Computes and checks
    # -------------------------------------------------------------------------

    @api.depends("res_model", "res_id")
    def _compute_case_id(self):
        of_cases = self.filtered(lambda activity: activity.res_model == CASE)
        existing = set(self.env[CASE].browse(of_cases.mapped("res_id")).exists().ids)
        for activity in self:
            known = activity in of_cases and activity.res_id in existing
            activity.case_id = known and activity.res_id

    def _compute_date_done(self):
        """Use the day in the time zone of the company, which in the evening is not that of UTC."""
        finished = self.filtered(lambda act: act.case_id and not act.active and not act.date_done)
        result = super()._compute_date_done()
        for activity in finished:
            activity.date_done = activity.case_id.sudo().company_id._today()
        return result

    @api.constrains("user_id")
    def _check_no_auditor(self):
        """An auditor has nothing to do on a case: what they finish would be written on it."""
        for activity in self.filtered(lambda activity: activity.case_id and activity.user_id):
            if activity.user_id._is_auditor():
                raise ValidationError(
                    self.env._(
                        "%(activity)s: %(user)s is an auditor, who changes nothing on cases. "
                        "Choose somebody else.",
                        activity=activity.display_name,
                        user=activity.user_id.name,
                    )
                )

    @api.constrains("date_start", "date_deadline", "date_done", "active")
    def _check_dates(self):
        for activity in self.filtered("case_id"):
            names = {
                "activity": activity.display_name,
                "start": format_date(self.env, activity.date_start),
                "due": format_date(self.env, activity.date_deadline),
                "done": format_date(self.env, activity.date_done),
            }
            if activity.date_start and activity.date_start > activity.date_deadline:
                raise ValidationError(
                    self.env._(
                        "%(activity)s: it starts on %(start)s, after it is due on %(due)s. "
                        "Correct one of the two dates.",
                        **names,
                    )
                )
            if activity.date_done and activity.active:
                raise ValidationError(
                    self.env._(
                        "%(activity)s: it is not finished, and has no day on which it was. "
                        "Mark it as done first.",
                        **names,
                    )
                )
            today = activity.sudo().case_id.company_id._today()
            if activity.date_done and activity.date_done > today:
                raise ValidationError(
                    self.env._(
                        "%(activity)s: it cannot be finished on %(done)s, a day to come.", **names
                    )
                )
            if activity._is_done_before_start():
                raise ValidationError(
                    self.env._(
                        "%(activity)s: it starts on %(start)s, and cannot be done on %(done)s, "
                        "before that. Correct its start date.",
                        **names,
                    )
                )

    def _is_bounded(self, name, vals):
        return name == "date_start" or bool(self.sudo().case_id) or self._is_for_case(vals)

    @api.model
    def _is_for_case(self, vals):
        """Whether the values, or the defaults, of a new activity link it to a case."""
        asked = {
            name: vals.get(name) or self.env.context.get(f"default_{name}")
            for name in ("case_id", "res_model", "res_model_id")
        }
        case_model = self.env["ir.model"]._get_id(CASE)
        return bool(
            asked["case_id"] or asked["res_model"] == CASE or asked["res_model_id"] == case_model
        )

    def _is_done_before_start(self):
        """Whether it was done before its start date; a cancelled one may be."""
        return (
            self.execution_state == DONE
            and self.date_start
            and self.date_done
            and self.date_done < self.date_start
        )

    # -------------------------------------------------------------------------
    # CRUD
    # -------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        progresses = [self._settled_when_new(vals) for vals in vals_list]
        finished = [
            self._finish_day(vals, after) for vals, after in zip(vals_list, progresses, strict=True)
        ]
        activities = super().create(
            [
                self._link_values({name: vals[name] for name in vals.keys() - done.keys()})
                for vals, done in zip(vals_list, finished, strict=True)
            ]
        )
        for activity, after, done in zip(activities, progresses, finished, strict=True):
            if after != Progress() and activity.case_id:
                activity._write_settled(values_of(after) | done)
        return activities

    def write(self, vals):
        vals = self._link_values(vals)
        settled = server_value(self.env, "atencion_settled")
        ours = self.browse() if settled or PROGRESS.isdisjoint(vals) else self._of_cases()
        if ours:
            self.check_access("write")
            if self - ours:
                (self - ours)._write_settled(vals)
            ours._write_progress(vals)
            return True
        result = super().write(vals)
        if not LINKS.isdisjoint(vals):
            # Only users who see a case may move an activity to it.
            cases = self.sudo().case_id.with_env(self.env)
            if cases:
                cases.check_access("read")
        return result

    def _of_cases(self):
        # sudo: a user who may change an activity may not read the fields of its case.
        return self.sudo().filtered("case_id").with_env(self.env)

    def unlink(self):
        """Cancel open activities of cases instead of deleting them, as views of Odoo do."""
        open_of_cases = self._of_cases().filtered("active")
        if not open_of_cases:
            return super().unlink()
        open_of_cases.check_access("unlink")
        open_of_cases.write({"execution_state": CANCELLED})
        return super(MailActivity, self - open_of_cases).unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_finished(self):
        if self.env.su or self.env.user.has_group("atencion_cliente.group_manager"):
            return
        if any(is_ours(activity.res_model) and not activity.active for activity in self.sudo()):
            raise UserError(
                self.env._(
                    "What was done is kept with its case or contract. Only an administrator of "
                    "customer care deletes finished activities."
                )
            )

    # -------------------------------------------------------------------------
    # Actions
    # -------------------------------------------------------------------------

    @public()
    def action_cancel(self):
        """Cancel open activities; those of cases are archived."""
        open_of_cases = self._of_cases().filtered("active")
        if not open_of_cases:
            return super().action_cancel()
        open_of_cases.write({"execution_state": CANCELLED})
        return super(MailActivity, self - open_of_cases).action_cancel()

    @public()
    def action_reopen(self):
        """Open finished activities of cases again."""
        self._of_cases().filtered(lambda act: not act.active).write({"active": True})

    def _action_done(self, feedback=False, attachment_ids=None):
        ours = self._of_cases()
        if not ours:
            return super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        done = ours.filtered(lambda act: act.execution_state == DONE)
        finishing = with_server_value(self, "atencion_finishing", True) - done
        finishing._start_by()
        return super(MailActivity, finishing)._action_done(
            feedback=feedback, attachment_ids=attachment_ids
        )

    # -------------------------------------------------------------------------
    # Progress
    # -------------------------------------------------------------------------

    @api.model
    def _link_values(self, vals):
        """Values with the case as Odoo links an activity to its record: by model and id."""
        if "case_id" not in vals:
            return vals
        vals = dict(vals)
        case_id = vals.pop("case_id")
        if case_id:
            vals["res_model_id"] = self.env["ir.model"]._get_id(CASE)
            vals["res_id"] = case_id
        return vals


def values_of(progress):
    return {
        "execution_state": progress.state,
        "progress": progress.percentage,
        "active": progress.is_open,
    }
