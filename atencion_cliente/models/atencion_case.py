import functools

from odoo import api, fields, models
from odoo.exceptions import UserError

from .case.atencion_case_requester import PHONES
from .documents.atencion_case_document_flow import gathering
from .imports.atencion_import import import_run
from .warranty.atencion_case_warranty import VERDICT

# What decides the documents of a case, and the list of them.
LISTING = ("document_ids", "type_id", "requester_relation")


class AtencionCase(models.Model):
    """A request or claim of a customer; its concerns are the mixins it inherits."""

    _name = "atencion.case"
    _description = "Case"
    _inherit = [
        "atencion.input",
        "atencion.copied.label",
        "atencion.case.figures",
        "atencion.case.import",
        "atencion.case.number",
        "atencion.case.clock",
        "atencion.case.escalation.clock",
        "atencion.case.escalation",
        "atencion.case.escalation.action",
        "atencion.case.explanation",
        "atencion.case.outlook",
        "atencion.case.alert",
        "atencion.case.filter",
        "atencion.case.document.flow",
        "atencion.case.document.mail",
        "atencion.case.solution",
        "atencion.case.lifecycle",
        "atencion.case.ledger",
        "atencion.case.past",
        "atencion.case.requirements",
        "atencion.case.requester",
        "atencion.case.registration",
        "atencion.case.property",
        "atencion.case.warranty",
        "atencion.case.warranty.text",
        "atencion.case.forms",
        "atencion.case.notes",
        "atencion.case.related.files",
        "atencion.case.portal",
        "atencion.case.claim",
        "atencion.case.actions",
        "atencion.case.activities",
        "atencion.case.events",
        "atencion.case.previous",
        "atencion.case.timeline",
        "atencion.case.export",
        "atencion.case.visibility",
        "atencion.case.notices",
        "atencion.case.customer.mail",
        "atencion.case.letter",
        "atencion.case.mail.in",
        "atencion.case.mail.privacy",
        "atencion.case.opening",
        "atencion.case.recipients",
        "atencion.case.secrecy",
        "atencion.case.confidential",
        # The hooks of the concerns above end here.
        "atencion.server.only",
        # At the very end: what the hooks have completed is checked, too.
        "atencion.readable.links",
        "rating.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "portal.mixin",
    ]
    _order = "received_at desc, id desc"
    _rec_names_search = ["name", "subject", "external_ref"]
    _check_company_auto = True
    _copied_labels = ("subject",)
    _primary_email = "requester_email"
    # A customer with read access may answer in the portal.
    _mail_post_access = "read"
    _server_only_fields = frozenset(
        {
            "name",
            "sheet_number",
            "history_ids",
            "reopen_count",
            "closed_at",
            "paused_since",
            "reactivated_at",
            "clock_start",
            "has_limit",
            "limit_days",
            "count_mode",
            "deadline_date",
            "life",
            "visit",
            "open_since",
            "stage_since",
            "running_since",
            "running_work_since",
            "paused_hours",
            "paused_work_hours",
            "escalation_pending",
            "escalation_log_ids",
            "block_id",
            "promoter_id",
            "document_reminder_count",
            "document_reminded_on",
            "solution_applied_at",
            "claim_filed_at",
            *VERDICT,
        }
    )

    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
    active = fields.Boolean(default=True, copy=False, tracking=True)
    exclude_from_kpi = fields.Boolean(
        "Excluded from indicators",
        copy=False,
        tracking=True,
        help="A duplicate or a mistake: it has no alert and no figure counts it.",
    )

    # What
    subject = fields.Char(required=True, tracking=True, index="trigram")
    description = fields.Html()
    type_id = fields.Many2one(
        "atencion.case.type",
        required=True,
        tracking=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    form = fields.Selection(related="type_id.form", string="Form of the type")
    category_id = fields.Many2one(
        "atencion.case.category",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    priority = fields.Selection(
        [("0", "Low"), ("1", "Normal"), ("2", "High"), ("3", "Urgent")],
        required=True,
        default="1",
        tracking=True,
    )
    source_id = fields.Many2one("atencion.source", ondelete="restrict")

    # By whom
    area_id = fields.Many2one(
        "atencion.area",
        string="Service area",
        required=True,
        compute="_compute_area_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        index=True,
        tracking=True,
        check_company=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Assigned to",
        domain=[("share", "=", False)],
        index="btree_not_null",
        tracking=True,
        copy=False,
        check_company=True,
    )

    # Answer
    response = fields.Html("Observation / response", copy=False)
    resolution = fields.Html(
        copy=False,
        groups="base.group_user",
        help="How the case was solved. Required to close it as upheld.",
    )
    customer_comment = fields.Text("Customer's comments", copy=False)

    _name_unique = models.UniqueIndex(
        "(company_id, name)", "Another case of the company has this number."
    )
    _external_ref_unique = models.UniqueIndex(
        "(company_id, external_ref) WHERE external_ref IS NOT NULL",
        "Another case of the company has this previous number: it was imported before.",
    )
    _list_order = models.Index("(received_at DESC, id DESC) INCLUDE (company_id)")
    _kanban_order = models.Index("(stage_id, received_at DESC, id DESC) INCLUDE (company_id)")
    _open_deadline = models.Index(
        "(deadline_date) WHERE attention_date IS NULL AND deadline_date IS NOT NULL"
    )

    # -------------------------------------------------------------------------
    # Computes
    # -------------------------------------------------------------------------

    @api.depends("type_id")
    def _compute_area_id(self):
        for case in self:
            case.area_id = case.area_id or case.type_id.area_id

    # -------------------------------------------------------------------------
    # CRUD
    # -------------------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list, carried):
        vals_list, pasts = self._take_pasts(vals_list)
        self._read_property(vals_list)
        first = functools.cache(self.env["atencion.case.stage"]._first)
        prepared = [self._complete_new_case(vals, first) for vals in vals_list]
        carried["requests"] = vals_list
        carried["ledgers"] = {
            place: self._live_through(prepared[place], past, first(False))
            for place, past in pasts.items()
        }
        self._number_values(prepared)
        # Who registers a case for another area sees it, and so adds documents to it,
        # as its follower: once it is there.
        carried["documents"] = [vals.pop("document_ids", None) for vals in prepared]
        return super()._prepare_create(prepared, carried)

    def _after_create(self, vals_list, carried):
        self._refuse_to_hide()
        super()._after_create(vals_list, carried)
        lived = self._with_past(carried)
        lived._write_past(carried["ledgers"].values())
        listing, changes = gathering(self)
        for case, commands in zip(listing, carried["documents"], strict=True):
            if commands:
                case.document_ids = commands
        self._normalize_phones()
        begun = self - lived
        (begun | lived.filtered("stage_id.waits_for_documents"))._add_required_documents()
        requests = dict(zip(self.ids, carried["requests"], strict=True))
        begun._start_ledger({case.id: requests[case.id].get("stage_note") for case in begun})
        moved = begun._enter_requested_stages(requests)
        self._follow_documents(changes, still=moved | lived)
        imported = self if import_run(self.env) else lived
        (self - imported)._launch_activity_plan()
        imported._pass_over()

    # Odoo's is called by ``_write_checked``.
    # pylint: disable-next=method-required-super
    def write(self, vals):
        self = self._without_client_context()
        vals = self._read_input(vals)
        self._refuse_out_of_bounds([vals])
        self._refuse_server_only(vals)
        self._refuse_other_company(vals)
        self._log_figures(vals)
        vals = self._fill_property(dict(vals))
        stage = self.env["atencion.case.stage"].browse(vals.pop("stage_id", None) or ())
        note = vals.pop("stage_note", None)
        area = self.env["atencion.area"].browse(vals.get("area_id") or ())
        if stage.requires_area_change and vals.pop("area_id", None):
            # A case that already was transferred only goes on to the other area.
            self.filtered(lambda case: case.stage_id == stage).area_id = area
        handed = self._to_hand_over(vals)
        cases, changes = self, None
        if not vals.keys().isdisjoint(LISTING):
            cases, changes = gathering(self)
        if vals:
            cases._write_checked(vals)
        cases._follow_up(vals, handed)
        if stage:
            self._change_stage(stage, note, area)
        else:
            self._require_change_for_note(note)
        self._follow_documents(changes, still=self if stage else None)
        return True

    def _refuse_other_company(self, vals):
        """Refuse to move a case, with its number and ledger, to another company."""
        if "company_id" in vals and self.company_id.ids != [vals["company_id"]]:
            raise UserError(
                self.env._(
                    "A case stays in its company. Register a new case in the other "
                    "company, and archive this one."
                )
            )

    def _to_hand_over(self, vals):
        """The cases that get another area, followed by who hands them over."""
        if not vals.get("area_id"):
            return self.browse()
        handed = self.filtered(lambda case: case.area_id.id != vals["area_id"])
        handed._follow()
        return handed

    def _follow_up(self, vals, handed):
        """Do what follows from written values."""
        if not vals.keys().isdisjoint(PHONES):
            self._normalize_phones()
        if not vals.keys().isdisjoint(("type_id", "requester_relation")):
            self._revise_documents()
        if not vals.keys().isdisjoint(("received_at", "request_date")):
            self._move_ledger_start()
        if handed:
            handed._change_area()

    def _complete_new_case(self, vals, first):
        """The values of a new case, complete but for its number.

        :param first: ``atencion.case.stage._first``, or what remembers its answers
        """
        vals = self._fill_property(dict(vals))
        vals.setdefault("company_id", self.env.company.id)
        day = fields.Date.to_date(vals.pop("request_date", None))
        if day:
            company = self.env["res.company"].browse(vals["company_id"])
            received = fields.Datetime.to_datetime(vals.get("received_at"))
            if not received or company._day_of(received) != day:
                vals["received_at"] = company._start_of(day)
        vals.setdefault("received_at", fields.Datetime.now())
        stage = first(self._misses_documents(vals))
        vals["stage_id"] = stage.id
        vals["stage_since"] = vals["received_at"]
        if stage.pauses_clock:
            vals["paused_since"] = vals["received_at"]
        return vals

    def _enter_requested_stages(self, requested):
        """Move new cases to the state they were created with, under its conditions.

        A case starts where its documents say; an initial state asks for nothing else.

        :param dict requested: the values that each case was created with, by its id
        :return: the cases that were moved
        """
        requests = {}
        for case in self:
            vals = requested[case.id]
            stage = self.env["atencion.case.stage"].browse(vals.get("stage_id") or ())
            if stage and stage != case.stage_id and not stage.is_initial:
                key = (stage, vals.get("stage_note"))
                requests.setdefault(key, self.browse())
                requests[key] |= case
        moved = self.browse()
        for (stage, note), cases in requests.items():
            cases._change_stage(stage, note)
            moved |= cases
        return moved
