from odoo import Command, api, fields, models
from odoo.tools import ormcache

from ..base.public_method import public


class AtencionArea(models.Model):
    _name = "atencion.area"
    _description = "Service area"
    _inherit = [
        "atencion.input",
        "atencion.empty.list",
        "atencion.in.use",
        "atencion.live.links",
        "atencion.shown.setting",
        "atencion.readable.links",
        "atencion.copied.label",
        "atencion.reference",
        "atencion.traced",
    ]
    _naming_fields = ("code", "name")
    _order = "sequence, name"
    _check_company_auto = True
    _in_example = True
    _case_link = "area_id"
    _setting_links = (
        ("atencion.case.type", "area_id"),
        ("atencion.escalation.rule", "area_id"),
        ("atencion.escalation.rule", "new_area_id"),
        ("res.company", "case_form_area_id"),
    )
    _live_links = frozenset({"ack_template_id", "mail_type_id", "partner_id"})

    name = fields.Char("Short name", required=True, translate=True, tracking=True)
    code = fields.Char(copy=False, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, tracking=True
    )
    manager_id = fields.Many2one(
        "res.users", domain=[("share", "=", False)], check_company=True, tracking=True
    )
    member_ids = fields.Many2many(
        "res.users",
        "atencion_area_member_rel",
        "area_id",
        "user_id",
        string="Members",
        domain=[("share", "=", False)],
        help="Users who see the cases of the area. The manager is always one of them.",
        tracking=True,
    )
    resource_calendar_id = fields.Many2one(
        "resource.calendar",
        string="Working hours",
        check_company=True,
        help="Hours that the area works. Empty: those of the company.",
        tracking=True,
    )
    notification_ids = fields.One2many(
        "atencion.area.notification", "area_id", string="Notifications", copy=True
    )
    ack_template_id = fields.Many2one(
        "mail.template",
        string="Acknowledgement",
        domain=[("model", "=", "atencion.case")],
        default=lambda self: self._default_ack_template(),
        ondelete="set null",
        help="Mail that gives the requester and the holder the number of their new case. "
        "Empty: they get none.",
        tracking=True,
    )
    open_case_count = fields.Integer(compute="_compute_open_case_count")

    _code_unique = models.UniqueIndex(
        "(company_id, code) WHERE code IS NOT NULL",
        "Another area of the company has this code.",
    )

    @api.model
    def _default_ack_template(self):
        template = self.env.ref(
            "atencion_cliente.mail_template_case_acknowledgement", raise_if_not_found=False
        )
        return template and template.filtered("active")

    @api.constrains("manager_id", "member_ids")
    def _check_people(self):
        # sudo: whether they are of the staff is no secret.
        for name in ("manager_id", "member_ids"):
            self.sudo()[name]._refuse_as_staff(self._fields[name]._description_string(self.env))

    def _compute_open_case_count(self):
        counts = dict(
            self.env["atencion.case"]._read_group(
                [
                    ("area_id", "in", self.ids),
                    ("closed_at", "=", False),
                    ("exclude_from_kpi", "=", False),
                ],
                ["area_id"],
                ["__count"],
            )
        )
        for area in self:
            area.open_case_count = counts.get(area, 0)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("manager_id"):
                link = Command.link(vals["manager_id"])
                vals["member_ids"] = [*(vals.get("member_ids") or ()), link]
        self._clear_rule_cache()
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(("manager_id", "member_ids")):
            for area in self.filtered("manager_id"):
                link = Command.link(area.manager_id.id)
                super(AtencionArea, area).write({"member_ids": [link]})
            self._clear_rule_cache()
        if "resource_calendar_id" in vals:
            self.env["resource.calendar"]._reset_working_time()
        return result

    @public(one=True)
    def action_open_cases(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "atencion_cliente.atencion_case_action"
        )
        return action | {
            "domain": [("area_id", "=", self.id)],
            "context": {"default_area_id": self.id, "search_default_open": 1},
        }

    @ormcache("self.id", "flag")
    def _notification_recipients(self, flag):
        """The users whom the area notifies of an event, and their channels.

        :param str flag: field of the notification lines: ``on_create`` or ``on_update``
        :return: pairs of user ids and the names of their channels
        :rtype: tuple[tuple[tuple[int], tuple[str]]]
        """
        by_channels = {}
        # sudo: a user who changes cases may not read the settings of their area.
        for line in self.sudo().notification_ids.filtered(flag):
            channels = line._channels()
            if channels:
                by_channels.setdefault(channels, []).append(line.user_id.id)
        return tuple((tuple(ids), channels) for channels, ids in by_channels.items())

    @ormcache("self.id")
    def _member_ids(self):
        """The ids of the members of the area, as record rules know them: kept until they change.

        :rtype: frozenset[int]
        """
        # sudo: who changes a case may not read the settings of its area.
        return frozenset(self.sudo().with_context(active_test=False).member_ids.ids)

    def _clear_rule_cache(self):
        """Clear the cached record rules, which contain the areas of each user."""
        self.env.registry.clear_cache()
