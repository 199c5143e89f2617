from odoo import api, fields, models

from ...tools import audience, escalation


class AtencionEscalationLog(models.Model):
    """What a rule did to a case, or would have done: its memory, never edited.

    A row without a rule is the warning before the deadline. Nobody has the right to
    write rows: the engine does.
    """

    _name = "atencion.escalation.log"
    _description = "Escalation log"
    _inherit = ["atencion.bounds", "atencion.readable.links"]
    _order = "fired_at desc, id desc"
    _rec_name = "rule_id"

    rule_id = fields.Many2one(
        "atencion.escalation.rule", index="btree_not_null", ondelete="restrict", readonly=True
    )
    case_id = fields.Many2one(
        "atencion.case", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True, precompute=True)
    memory = fields.Integer(required=True, default=0, readonly=True)
    life = fields.Integer(required=True, readonly=True)
    visit = fields.Integer(required=True, default=0, readonly=True)
    fired_at = fields.Datetime("Fired on", required=True, readonly=True)
    mode = fields.Selection(
        [("active", "Acted"), ("reference", "Only recorded")], required=True, readonly=True
    )
    hours = fields.Float("Hours waited", readonly=True, aggregator="avg")
    area_id = fields.Many2one(
        "atencion.area", string="Service area", ondelete="restrict", readonly=True
    )
    user_ids = fields.Many2many("res.users", string="Told", readonly=True)
    from_stage_id = fields.Many2one(
        "atencion.case.stage", string="From state", ondelete="restrict", readonly=True
    )
    to_stage_id = fields.Many2one(
        "atencion.case.stage",
        string="To state",
        ondelete="restrict",
        readonly=True,
        help="The state that the rule moved the case to. Empty: it did not move it.",
    )
    facts = fields.Json(readonly=True)
    priority = fields.Selection(
        # Labels in the user's language: those of a function are not translated by themselves.
        selection=lambda self: (
            self.env["atencion.case"]._fields["priority"]._description_selection(self.env)
        ),
        compute="_compute_facts",
    )
    type_id = fields.Many2one("atencion.case.type", string="Case type", compute="_compute_facts")
    assignee_id = fields.Many2one("res.users", string="Assigned to", compute="_compute_facts")
    counted_from = fields.Datetime("Counted from", compute="_compute_facts")
    detail = fields.Text(
        "Who was told, and how",
        compute="_compute_detail",
        help="Whom it told, how, and what it skipped.",
    )

    _fires_once = models.UniqueIndex(
        "(rule_id, case_id, life, visit, memory, mode) WHERE rule_id IS NOT NULL",
        "The rule has fired on this case.",
    )
    _warns_once = models.UniqueIndex(
        "(case_id, life) WHERE rule_id IS NULL", "The assignee of this case was warned."
    )

    def _as_key(self):
        """What the row remembers, for the pure rule.

        :rtype: escalation.Key
        """
        self.ensure_one()
        reference = self.mode == "reference"
        return escalation.Key(self.rule_id.id or 0, self.memory, self.life, self.visit, reference)

    @api.depends("rule_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for log in self:
            rule = log.rule_id.name
            log.display_name = rule or self.env._("Warning before the deadline")

    @api.depends("facts")
    def _compute_facts(self):
        """The case as it was; what was deleted since is empty."""
        facts = {log: log.facts or {} for log in self}
        types = self.env["atencion.case.type"].browse(_ids(facts, "type")).exists()
        users = self.env["res.users"].browse(_ids(facts, "assignee")).exists()
        for log, known in facts.items():
            log.priority = known.get("priority")
            log.type_id = types & types.browse(known.get("type") or ())
            log.assignee_id = users & users.browse(known.get("assignee") or ())
            log.counted_from = known.get("since")

    @api.depends("facts")
    @api.depends_context("lang")
    def _compute_detail(self):
        texts = self._detail_texts()
        ids = {user_id for log in self for user_id in log._user_ids_of_facts()}
        users = self.env["res.users"].sudo().with_context(active_test=False)
        names = {user.id: user.name for user in users.browse(ids).exists()}
        for log in self:
            log.detail = "\n".join(log._detail_lines(names, texts))

    def _user_ids_of_facts(self):
        facts = self.facts or {}
        told = [int(user_id) for user_id in facts.get("told", {})]
        return told + [user_id for user_id, _channel, _code in facts.get("skipped", ())]

    def _detail_texts(self):
        """What the codes of the facts read, in the user's language."""
        return {
            audience.ALERT: self.env._("alert"),
            audience.TASK: self.env._("task"),
            audience.EMAIL: self.env._("e-mail"),
            audience.INACTIVE: self.env._("the user is archived"),
            audience.NOT_INTERNAL: self.env._("not an internal user"),
            audience.OTHER_COMPANY: self.env._("no access to the company of the case"),
            audience.CONFIDENTIAL: self.env._("the case is confidential"),
            audience.NO_ADDRESS: self.env._("no e-mail address"),
            audience.OUR_ALIAS: self.env._("the address is an alias of ours"),
            audience.TASK_OPEN: self.env._("has an open task on the case"),
            "not_first": self.env._("The state did not change: an earlier rule comes first."),
            "there": self.env._("The state did not change: the case was in it."),
            "stuck": self.env._(
                "The state did not change: rules moved the case too often. The area's "
                "manager has a task to see why."
            ),
            "refused": self.env._("The state did not change:"),
            "nobody": self.env._("Nobody was left to tell."),
            "imported": self.env._("It was due before the case was imported: nobody was told."),
        }

    def _detail_lines(self, names, texts):
        """Who was told and how, who was not and why, and why the case did not move.

        :param dict names: names of users by id
        :param dict texts: what codes read
        """
        self.ensure_one()
        facts = self.facts or {}
        told, skipped = facts.get("told", {}), facts.get("skipped", ())
        lines = [
            f"✓ {names.get(int(user_id), user_id)}: {', '.join(texts[name] for name in channels)}"
            for user_id, channels in told.items()
        ]
        for user_id, channel, code in skipped:
            what = f"{texts[channel]}, " if channel else ""
            lines.append(f"✗ {names.get(user_id, user_id)}: {what}{texts[code]}")
        code, *reasons = facts.get("hindered") or ("",)
        if not told and code != "imported" and (skipped or self.rule_id.role_id):
            lines.append(texts["nobody"])
        if code:
            lines.append(" ".join([texts[code], *reasons]))
        return lines

    # -------------------------------------------------------------------------
    # Retention
    # -------------------------------------------------------------------------

    @api.autovacuum
    def _gc_closed_cases(self):
        """Delete old rows of closed cases, after the days that each company keeps them.

        Rows of open cases stay: they are what keeps a rule from firing twice.
        """
        companies = self.env["res.company"].search([("atencion_log_retention_days", ">", 0)])
        for company in companies:
            limit = fields.Datetime.subtract(
                fields.Datetime.now(), days=company.atencion_log_retention_days
            )
            self.search(
                [
                    ("company_id", "=", company.id),
                    ("fired_at", "<", limit),
                    ("case_id.closed_at", "!=", False),
                ]
            ).unlink()


def _ids(facts, name):
    """The ids that facts have by a name, each once."""
    return {known[name] for known in facts.values() if known.get(name)}
