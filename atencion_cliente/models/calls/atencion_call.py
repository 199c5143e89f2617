from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError

MINUTES_OF_A_DAY = 24 * 60


class AtencionCall(models.Model):
    """A telephone call about a case, as the user noted it who had it.

    It is never changed: who noted something wrong notes another one. The log of the case has
    it, too, and a to-do if somebody has to call back.
    """

    _name = "atencion.call"
    _description = "Call about a case"
    _inherit = ["atencion.input", "atencion.bounds", "atencion.readable.links"]
    _order = "called_at desc, id desc"
    _rec_name = "phone"
    _max_values = {"duration": MINUTES_OF_A_DAY}

    case_id = fields.Many2one("atencion.case", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="case_id.company_id", store=True, precompute=True)
    direction = fields.Selection(
        [("incoming", "Incoming"), ("outgoing", "Outgoing"), ("missed", "Missed")],
        required=True,
        default="incoming",
        help="Missed: nobody answered, whoever called.",
    )
    called_at = fields.Datetime("Called on", required=True, default=fields.Datetime.now, index=True)
    duration = fields.Integer("Minutes", aggregator="sum")
    phone = fields.Char(
        compute="_compute_phone",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    note = fields.Text(help="Customers do not read it.")
    user_id = fields.Many2one(
        "res.users",
        "Noted by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        index=True,
        ondelete="restrict",
    )
    call_back_on = fields.Date(help="Plans a to-do for this day.")
    call_back_user_id = fields.Many2one(
        "res.users",
        "Who calls back",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        ondelete="restrict",
    )

    @api.depends("case_id")
    def _compute_phone(self):
        for call in self:
            call.phone = call.phone or call.case_id.contact_phone

    @api.constrains("called_at")
    def _check_called_at(self):
        """A call is noted after it was had."""
        for call in self:
            if call.called_at > fields.Datetime.now():
                raise ValidationError(
                    self.env._("A call cannot be noted before it is had. Correct “Called on”.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Note calls in the user's name, in the logs of their cases, and plan to call back.

        :raise AccessError: the user may not write the case
        """
        if not self.env.su:
            vals_list = [vals | {"user_id": self.env.uid} for vals in vals_list]
        calls = super().create(vals_list)
        calls.case_id.check_access("write")
        for call in calls:
            call.case_id._message_log(body=call._log_body())
        calls.filtered(lambda call: call._answers()).case_id._mark_read()
        calls._plan_to_call_back()
        return calls

    def _answers(self):
        """Whether the call answers what the customer wrote: they were called after that.

        A missed call answers nothing, and a call of theirs may ask for more.
        """
        self.ensure_one()
        if self.direction != "outgoing" or not self.case_id.customer_unread:
            return False
        written_at = self.case_id._customer_wrote_at()
        return not written_at or written_at <= self.called_at

    def _log_body(self):
        """The direction, minutes, telephone and note of the call, as HTML."""
        kinds = {
            "incoming": self.env._("Incoming call"),
            "outgoing": self.env._("Outgoing call"),
            "missed": self.env._("Missed call"),
        }
        facts = [
            kinds[self.direction],
            self.env._("%s min", self.duration) if self.duration else "",
            self.phone or "",
        ]
        lines = [" · ".join(filter(None, facts)), *(self.note or "").splitlines()]
        return Markup("<br/>").join(lines)

    def _plan_to_call_back(self):
        """Plan a to-do for each call with a day to call back, of whoever is to do it."""
        kind = self.env.ref("mail.mail_activity_data_call", raise_if_not_found=False)
        self.env["mail.activity"].create(
            [
                {
                    "case_id": call.case_id.id,
                    "activity_type_id": kind and kind.id,
                    "summary": self.env._("Call back %s", call.phone or "").strip(),
                    "note": call.note,
                    "user_id": (call.call_back_user_id or call.user_id).id,
                    "date_deadline": call.call_back_on,
                }
                for call in self
                if call.call_back_on
            ]
        )
