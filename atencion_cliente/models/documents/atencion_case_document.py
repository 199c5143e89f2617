from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.documents import DONE_STATES
from ..base.server_context import server_value
from .atencion_case_document_flow import CHANGES_KEY, collecting_changes

# States that need a reason.
STATES_WITH_REASON = ("rejected", "waived")
# States in which the customer still has to hand the document over.
AWAITED_STATES = ("pending", "rejected")
# Fields whose changes the case logs, and may change its state for.
FOLLOWED_FIELDS = ("state", "mandatory", "attachment_ids")


class AtencionCaseDocument(models.Model):
    """A required document of a case (recaudo), which the customer hands over."""

    _name = "atencion.case.document"
    _description = "Case document"
    _inherit = [
        "atencion.input",
        "atencion.bounds",
        "atencion.server.only",
        "atencion.readable.links",
        "atencion.private.label",
        "atencion.attached.files",
    ]
    _order = "case_id, sequence, id"
    _server_only_fields = frozenset({"received_at", "state_since", "waived_by_id"})

    case_id = fields.Many2one("atencion.case", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="case_id.company_id", store=True, precompute=True)
    requirement_id = fields.Many2one(
        "atencion.document.requirement", index="btree_not_null", ondelete="set null"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(
        "Document",
        required=True,
        compute="_compute_from_requirement",
        store=True,
        readonly=False,
        precompute=True,
    )
    mandatory = fields.Boolean(
        compute="_compute_from_requirement",
        store=True,
        readonly=False,
        precompute=True,
    )
    state = fields.Selection(
        [
            ("pending", "Pending"),
            ("in_transit", "In transit"),
            ("received", "Received"),
            ("rejected", "Rejected"),
            ("waived", "Waived"),
        ],
        required=True,
        default="pending",
    )
    reason = fields.Char(
        help="Why the document was rejected or waived. The customer reads why it was rejected."
    )
    due_date = fields.Date("Due", help="Until when the customer should hand the document over.")
    is_overdue = fields.Boolean(compute="_compute_is_overdue")
    received_at = fields.Datetime("Received on", readonly=True)
    state_since = fields.Datetime(
        readonly=True, copy=False, help="Empty: it has been pending from the beginning."
    )
    waived_by_id = fields.Many2one("res.users", string="Waived by", readonly=True)

    _requirement_unique = models.UniqueIndex(
        "(case_id, requirement_id) WHERE requirement_id IS NOT NULL",
        "The case lists this required document already. Change that line instead.",
    )

    # -------------------------------------------------------------------------
    # Computes
    # -------------------------------------------------------------------------

    @api.depends("requirement_id")
    def _compute_from_requirement(self):
        for document in self:
            if document.requirement_id:
                document.name = document.requirement_id.name
                document.mandatory = document.requirement_id.mandatory

    @api.depends("state", "due_date", "case_id.company_id")
    def _compute_is_overdue(self):
        days = {company: company._today() for company in self.case_id.company_id}
        for document in self:
            today = days.get(document.case_id.company_id)
            late = document.due_date and today and document.due_date < today
            document.is_overdue = late and document.state in AWAITED_STATES

    @api.onchange("state")
    def _onchange_state(self):
        if self.reason and self.reason == self._origin.reason:
            self.reason = False

    # -------------------------------------------------------------------------
    # CRUD
    # -------------------------------------------------------------------------

    @api.model
    def _create_checked(self, vals_list):
        model, changes = collecting_changes(self)
        documents = super(AtencionCaseDocument, model)._create_checked(
            [self._with_due_date(vals) for vals in vals_list]
        )
        optional = documents.filtered(lambda document: not document.mandatory)
        optional._refuse_removal_of_mandatory()
        for document in documents:
            if document.state != "pending":
                document._record_state_change("pending")
        if any(vals.get("attachment_ids") for vals in vals_list):
            with_files = documents._attach_files(dict.fromkeys(documents.ids, {}))
            with_files.filtered(lambda document: document.state == "pending").state = "received"
        self.env["atencion.case"]._follow_documents(changes)
        return documents.with_env(self.env)

    def _write_checked(self, vals):
        self._refuse_other_case(vals)
        if "requirement_id" in vals or not vals.get("mandatory", True):
            self._refuse_removal_of_mandatory()
        if vals.keys().isdisjoint(FOLLOWED_FIELDS):
            return super()._write_checked(vals)
        documents, changes = collecting_changes(self)
        states = {document.id: document.state for document in documents}
        missing = documents._missing()
        files = documents._files_before() if "attachment_ids" in vals else {}
        result = super(AtencionCaseDocument, documents)._write_checked(vals)
        documents._process_changes(vals, states, missing)
        if files:
            documents.browse(files)._process_files(vals, files)
        self.env["atencion.case"]._follow_documents(changes)
        return result

    def _process_changes(self, vals, states, missing):
        """Record the changes of state, and the cases with fewer missing documents.

        :param dict vals: the values that were written
        :param dict states: the state of each document before the change, by its id
        :param missing: the documents that were missing before the change
        """
        for document in self:
            before = states[document.id]
            if document.state != before:
                document._record_state_change(before, "reason" in vals, "due_date" in vals)
        changes = server_value(self.env, CHANGES_KEY)
        changes.fewer_missing.update((missing - self._missing()).case_id.ids)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_required(self):
        self._refuse_removal_of_mandatory()

    def _with_due_date(self, vals):
        """Complete the values of a new document with the due date of its requirement."""
        if "due_date" in vals or not vals.get("requirement_id"):
            return vals
        requirement = self.env["atencion.document.requirement"].browse(vals["requirement_id"])
        case = self.env["atencion.case"].browse(vals.get("case_id"))
        return vals | {"due_date": requirement._due_date(case.company_id._today())}

    # -------------------------------------------------------------------------
    # Rules
    # -------------------------------------------------------------------------

    def _refuse_other_case(self, vals):
        """Refuse to move a document to another case.

        :raise UserError: says what to do instead
        """
        if "case_id" in vals and self.case_id.ids != [vals["case_id"]]:
            raise UserError(
                self.env._("A document stays on its case. Add it to the other case as well.")
            )

    def _refuse_removal_of_mandatory(self):
        """Let only supervisors remove a document that is mandatory for the type of the case.

        Other users waive it, with a reason.

        :raise UserError: names the document
        """
        required = self.filtered(
            lambda document: (
                document.requirement_id.mandatory
                and document.requirement_id in document.case_id._required_documents()
            )
        )
        if required and not self.env.user.has_group("atencion_cliente.group_supervisor"):
            raise UserError(
                self.env._(
                    "%(document)s is mandatory for this type of case. Waive it, with "
                    "the reason, or ask a supervisor to remove it.",
                    document=required[0].name,
                )
            )

    @api.constrains("state", "reason")
    def _check_reason(self):
        for document in self:
            if document.state in STATES_WITH_REASON and not (document.reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "Document %(document)s: write why it is rejected or waived.",
                        document=document.name,
                    )
                )

    @api.constrains("requirement_id", "case_id")
    def _check_requirement(self):
        for document in self:
            requirement = document.requirement_id
            if requirement and requirement.type_id != document.case_id.type_id:
                raise ValidationError(
                    self.env._(
                        "%(document)s is required by the type “%(other)s”, and the case "
                        "%(case)s is of type “%(type)s”. Add the document by its name.",
                        document=requirement.name,
                        other=requirement.type_id.name,
                        case=document.case_id.display_name,
                        type=document.case_id.type_id.name,
                    )
                )

    # -------------------------------------------------------------------------
    # What follows from a change
    # -------------------------------------------------------------------------

    def _record_state_change(self, before, has_reason=True, has_date=True):
        """Update the fields that follow from a change of state, and collect it for the case.

        :param str before: the state before the change
        :param bool has_reason: whether the reason was written with the state
        :param bool has_date: whether the due date was written with the state
        """
        self.ensure_one()
        server_value(self.env, CHANGES_KEY).states.setdefault(self.id, before)
        moment = self.case_id._moment()
        values = {"state_since": moment, "waived_by_id": self.state == "waived" and self.env.uid}
        if self.state == "received":
            values["received_at"] = moment
        elif self.state != "rejected":
            values["received_at"] = False
        if before in STATES_WITH_REASON and not has_reason:
            # The reason explained the former state.
            values["reason"] = False
        if self.state == "rejected" and not has_date and self.requirement_id.due_days:
            again = self.requirement_id._due_date(self.case_id.company_id._today())
            values["due_date"] = max(again, self.due_date or again)
        self._write_checked(values)

    def _missing(self):
        """The mandatory documents that are neither received nor waived."""
        return self.filtered(
            lambda document: document.mandatory and document.state not in DONE_STATES
        )
