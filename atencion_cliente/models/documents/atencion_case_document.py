from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import documents
from ..base.server_context import server_value
from .atencion_case_document_flow import COLLECTED, collecting_changes

# States that say why.
REASONED = ("rejected", "waived")
# States in which a document still has to reach us.
AWAITED = ("pending", "rejected")
# What the case follows.
WATCHED = ("state", "mandatory", "attachment_ids")


class AtencionCaseDocument(models.Model):
    """A document that the customer hands over for a case (recaudo)."""

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
    _server_only_fields = frozenset({"received_at", "waived_by_id"})

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
    waived_by_id = fields.Many2one("res.users", string="Waived by", readonly=True)

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
            document.is_overdue = late and document.state in AWAITED

    @api.onchange("attachment_ids")
    def _onchange_attachment_ids(self):
        if self.state not in documents.DONE and self.attachment_ids - self._origin.attachment_ids:
            self.state = "received"

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
        lines = super(AtencionCaseDocument, model)._create_checked(
            [self._with_due_date(vals) for vals in vals_list]
        )
        lines.filtered(lambda line: not line.mandatory)._refuse_to_drop_required()
        for line in lines:
            if line.state != "pending":
                line._note_state("pending")
        if any(vals.get("attachment_ids") for vals in vals_list):
            completed = lines._attach_files({})
            completed.filtered(lambda line: line.state == "pending").state = "received"
        self.env["atencion.case"]._follow_documents(changes)
        return lines.with_env(self.env)

    def _write_checked(self, vals):
        self._refuse_other_case(vals)
        if "requirement_id" in vals or not vals.get("mandatory", True):
            self._refuse_to_drop_required()
        if vals.keys().isdisjoint(WATCHED):
            return super()._write_checked(vals)
        lines, changes = collecting_changes(self)
        states = {line.id: line.state for line in lines}
        missing = lines._missing()
        files = {line.id: line._own_files() for line in lines} if "attachment_ids" in vals else {}
        result = super(AtencionCaseDocument, lines)._write_checked(vals)
        lines._settle(vals, states, missing)
        if files:
            lines._receive_files(vals, files)
        self.env["atencion.case"]._follow_documents(changes)
        return result

    def _settle(self, vals, states, missing):
        """Do what follows from written values on the documents themselves.

        :param dict states: the state that each document had, by its id
        :param missing: the documents that were missing
        """
        for line in self:
            if line.state != states[line.id]:
                line._note_state(states[line.id], "reason" in vals, "due_date" in vals)
        server_value(self.env, COLLECTED).settled.update((missing - self._missing()).case_id.ids)

    def _receive_files(self, vals, before):
        """House new files; who attaches one has the document, unless he says otherwise."""
        completed = self._attach_files(before)
        if "state" not in vals:
            completed.filtered(lambda line: line.state not in documents.DONE).state = "received"

    def unlink(self):
        lines, changes = collecting_changes(self)
        server_value(lines.env, COLLECTED).settled.update(self._missing().case_id.ids)
        result = super(AtencionCaseDocument, lines).unlink()
        self.env["atencion.case"]._follow_documents(changes)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_required(self):
        self._refuse_to_drop_required()

    def _with_due_date(self, vals):
        """The values of a new document: its date follows from what requires it."""
        if "due_date" in vals or not vals.get("requirement_id"):
            return vals
        requirement = self.env["atencion.document.requirement"].browse(vals["requirement_id"])
        case = self.env["atencion.case"].browse(vals.get("case_id"))
        return vals | {"due_date": requirement._due_date(case.company_id._today())}

    # -------------------------------------------------------------------------
    # Rules
    # -------------------------------------------------------------------------

    def _refuse_other_case(self, vals):
        """A document stays on its case.

        :raise UserError: says what to do instead
        """
        if "case_id" in vals and self.case_id.ids != [vals["case_id"]]:
            raise UserError(
                self.env._("A document stays on its case. Add it to the other case as well.")
            )

    def _refuse_to_drop_required(self):
        """Keep what the type requires: it is waived with a reason, not dropped.

        :raise UserError: names the document
        """
        required = self.filtered(
            lambda line: (
                line.requirement_id.mandatory
                and line.requirement_id in line.case_id._required_documents()
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
            if document.state in REASONED and not (document.reason or "").strip():
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

    def _note_state(self, was, has_reason=True, has_date=True):
        """Stamp a document whose state changed, and let its case know.

        :param str was: the state before
        :param bool has_reason: who changed it wrote the reason as well
        :param bool has_date: who changed it wrote the date as well
        """
        self.ensure_one()
        server_value(self.env, COLLECTED).states.setdefault(self.id, was)
        values = {"waived_by_id": self.state == "waived" and self.env.uid}
        if self.state == "received":
            values["received_at"] = self.case_id._moment()
        elif self.state != "rejected":
            values["received_at"] = False
        if was in REASONED and not has_reason:
            # It told of the state that the document has left.
            values["reason"] = False
        if self.state == "rejected" and not has_date and self.requirement_id.due_days:
            again = self.requirement_id._due_date(self.case_id.company_id._today())
            values["due_date"] = max(again, self.due_date or again)
        self._write_checked(values)

    def _missing(self):
        """The mandatory documents that are neither received nor waived."""
        return self.filtered(lambda line: line.mandatory and line.state not in documents.DONE)
