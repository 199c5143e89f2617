from odoo import api, fields, models

from ...tools import audience, escalation


class AtencionEscalationLog(models.Model):
    """The log of the escalation rules: what a rule did to a case, or would have done.

    A row without a rule is the warning before the deadline. A row prevents the rule from
    firing again. Only the run of the rules writes rows: no user has the right.
    """

    _name = "atencion.escalation.log"
    _description = "Escalation log"
    _inherit = [
        "atencion.empty.list",
        "atencion.figures",
        "atencion.bounds",
        "atencion.readable.links",
    ]
    _next_actions = ("atencion_cliente.atencion_escalation_rule_action",)
    _order = "fired_at desc, id desc"
    _rec_name = "rule_id"
    _figures_case = "case_id"

    rule_id = fields.Many2one(
        "atencion.escalation.rule", index="btree_not_null", ondelete="restrict", readonly=True
    )
    case_id = fields.Many2one(
        "atencion.case", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True, precompute=True)
    rule_version = fields.Integer("Version of the rule", required=True, default=0, readonly=True)
    reopening = fields.Integer("Reopening number", required=True, readonly=True)
    stage_entry = fields.Integer("Entry into the state", required=True, default=0, readonly=True)
    fired_at = fields.Datetime("Fired on", required=True, readonly=True)
    mode = fields.Selection(
        [("active", "Acted"), ("reference", "Only recorded")], required=True, readonly=True
    )
    hours = fields.Float("Hours waited", readonly=True, aggregator="avg")
    area_id = fields.Many2one(
        "atencion.area", string="Service area", ondelete="restrict", readonly=True
    )
    user_ids = fields.Many2many("res.users", string="Notified", readonly=True)
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
        "Who was notified, and how",
        compute="_compute_detail",
        help="Whom it notified, how, and what it skipped.",
    )

    _fires_once = models.UniqueIndex(
        "(rule_id, case_id, reopening, stage_entry, rule_version, mode) WHERE rule_id IS NOT NULL",
        "The rule has fired on this case.",
    )
    _warns_once = models.UniqueIndex(
        "(case_id, reopening) WHERE rule_id IS NULL", "The assignee of this case was warned."
    )

    def _as_key(self):
        """The key of the firing, as ``tools.escalation`` reads it.

        :rtype: escalation.Key
        """
        self.ensure_one()
        reference = self.mode == "reference"
        return escalation.Key(
            self.rule_id.id or 0, self.rule_version, self.reopening, self.stage_entry, reference
        )

    @api.depends("rule_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for log in self:
            rule = log.rule_id.name
            log.display_name = rule or self.env._("Warning before the deadline")

    @api.depends("facts")
    def _compute_facts(self):
        """Read the facts of the case. What was deleted since then is empty."""
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
        notified = [int(user_id) for user_id in facts.get("notified", {})]
        return notified + [user_id for user_id, _channel, _code in facts.get("skipped", ())]

    def _detail_texts(self):
        """The texts of the codes in ``facts``, in the user's language, by their code."""
        return {
            audience.ALERT: self.env._("alert"),
            audience.TASK: self.env._("task"),
            audience.EMAIL: self.env._("e-mail"),
            audience.INACTIVE: self.env._("the user is archived"),
            audience.NOT_INTERNAL: self.env._("not an internal user"),
            audience.OTHER_COMPANY: self.env._("no access to the company of the case"),
            audience.CONFIDENTIAL: self.env._("the case is confidential"),
            audience.READS_ONLY: self.env._("an auditor"),
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
            "nobody": self.env._("Nobody was left to notify."),
            "imported": self.env._("It was due before the case was imported: nobody was notified."),
        }

    def _detail_lines(self, names, texts):
        """Who was notified and how, who was not and why, and why the case did not move.

        :param dict names: names of users by id
        :param dict texts: texts of codes, as ``_detail_texts`` returns them
        """
        self.ensure_one()
        facts = self.facts or {}
        notified, skipped = facts.get("notified", {}), facts.get("skipped", ())
        lines = [
            f"✓ {names.get(int(user_id), user_id)}: {', '.join(texts[name] for name in channels)}"
            for user_id, channels in notified.items()
        ]
        for user_id, channel, code in skipped:
            what = f"{texts[channel]}, " if channel else ""
            lines.append(f"✗ {names.get(user_id, user_id)}: {what}{texts[code]}")
        code, *reasons = facts.get("blocked") or ("",)
        if not notified and code != "imported" and (skipped or self.rule_id.role_id):
            lines.append(texts["nobody"])
        if code:
            lines.append(" ".join([texts[code], *reasons]))
        return lines

    # -------------------------------------------------------------------------
    # Retention
    # -------------------------------------------------------------------------

    @api.autovacuum
    def _gc_closed_cases(self):
        """Delete the rows of closed cases that are older than their company keeps them.

        Rows of open cases are kept: they prevent a rule from firing twice.
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
    """The ids under one name in the facts of several rows, without duplicates."""
    return {known[name] for known in facts.values() if known.get(name)}
