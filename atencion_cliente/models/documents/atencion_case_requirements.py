from odoo import api, fields, models

from ...tools import documents
from .atencion_case_document_flow import collecting_changes


class AtencionCaseRequirements(models.Model):
    """The documents that the type of a case requires of its requester (recaudos)."""

    _inherit = "atencion.case"

    document_ids = fields.One2many(
        "atencion.case.document", "case_id", string="Documents", copy=False
    )
    missing_document_count = fields.Integer(
        compute="_compute_missing_documents",
        help="Mandatory documents neither received nor waived.",
    )
    missing_document_names = fields.Char(
        "Missing documents",
        compute="_compute_missing_documents",
        help="The mandatory documents that are neither received nor waived.",
    )

    @api.depends("document_ids.state", "document_ids.mandatory", "document_ids.name")
    def _compute_missing_documents(self):
        for case in self:
            missing = case.document_ids._missing()
            case.missing_document_count = len(missing)
            case.missing_document_names = ", ".join(filter(None, missing.mapped("name")))

    @api.onchange("type_id", "requester_relation")
    def _onchange_required_documents(self):
        """Show what a new case asks for while it is registered; saved ones follow by themselves."""
        if self._origin:
            return
        required = self._required_documents()
        today = self.company_id._today() if required else None
        lines = self.document_ids
        needless = lines.filtered(
            lambda line: (
                line.requirement_id
                and line.requirement_id._origin not in required
                and line._is_untouched()
            )
        )
        self.document_ids -= needless
        for row in required - lines.requirement_id._origin:
            self.document_ids += lines.new(
                {
                    "requirement_id": row.id,
                    "sequence": row.sequence,
                    "due_date": row._due_date(today),
                }
            )

    def _required_documents(self):
        """What the type of the case requires of its requester now.

        :rtype: atencion.document.requirement
        """
        self.ensure_one()
        return self.type_id._requirements_for(self.requester_relation, self.company_id)

    @api.model
    def _misses_documents(self, vals):
        """Whether a case about to be created lacks mandatory documents."""
        case_type = self.env["atencion.case.type"].browse(vals.get("type_id"))
        company = self.env["res.company"].browse(vals["company_id"])
        required = case_type._requirements_for(vals.get("requester_relation"), company)
        missing = required.filtered("mandatory")
        for command in vals.get("document_ids") or ():
            line = command[2] if len(command) > 2 and command[0] == 0 else {}
            if line.get("state") in documents.DONE:
                missing -= missing.browse(line.get("requirement_id"))
            elif line.get("mandatory"):
                return True
        return bool(missing)

    @api.model
    def _prepare_create(self, vals_list, carried):
        prepared = super()._prepare_create(vals_list, carried)
        # Who registers a case for another area sees it, and so adds documents to it,
        # as its follower: once it is there.
        carried["documents"] = [vals.pop("document_ids", None) for vals in prepared]
        return prepared

    def _after_create(self, vals_list, carried):
        # Before the case enters the state it was created with: conditions look at documents.
        for case, commands in zip(self, carried["documents"], strict=True):
            if commands:
                case.document_ids = commands
        with_history = self._with_history(carried)
        waiting = with_history.filtered("stage_id.waits_for_documents")
        (self - with_history | waiting)._add_required_documents()
        super()._after_create(vals_list, carried)

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        if not vals.keys().isdisjoint(("type_id", "requester_relation")):
            self._revise_documents()

    def _add_required_documents(self):
        """Add to new cases the documents of their type that they do not list yet."""
        alike = self.grouped(lambda case: (case.type_id, case.requester_relation, case.company_id))
        rows = []
        for cases in alike.values():
            required = cases[0]._required_documents()
            rows += [
                (case, row, case.request_date)
                for case in cases
                if required
                for row in required - case.document_ids.requirement_id
            ]
        self._create_documents(rows)

    @api.model
    def _create_documents(self, rows):
        """List documents on cases.

        :param rows: case, requirement, and the company's day on which it is asked for
        """
        self.env["atencion.case.document"].create(
            [
                {
                    "case_id": case.id,
                    "requirement_id": requirement.id,
                    "sequence": requirement.sequence,
                    "due_date": requirement._due_date(day),
                }
                for case, requirement, day in rows
            ]
        )

    def _revise_documents(self):
        """Let the list of each case follow its type and its requester.

        What is newly required is added. What nobody requires any more goes if nothing
        was done about it; what arrived, or was asked for by an agent, stays.
        """
        cases, changes = collecting_changes(self)
        for case in cases:
            case._revise_list()
        self._follow_documents(changes)

    def _revise_list(self):
        lang = self.company_id.partner_id.lang
        required = self._required_documents()
        lines = self.document_ids
        revision = documents.revise(
            [line._as_line(lang) for line in lines],
            [row._as_rule() for row in required.with_context(lang=lang)],
        )
        dropped = lines.browse(revision.dropped)
        told = self._tell_revision(required.browse(revision.added), dropped)
        dropped.unlink()
        lines.browse(revision.released).write({"requirement_id": False, "mandatory": False})
        for line_id, requirement_id in revision.taken:
            lines.browse(line_id).requirement_id = requirement_id
        today = self.company_id._today()
        self._create_documents([(self, row, today) for row in required.browse(revision.added)])
        if told and not self.env.context.get("tracking_disable"):
            self._message_log(body=told)

    def _tell_revision(self, added, dropped):
        """The log of a revised list, empty if nothing is asked for or given up."""
        told = []
        if added:
            names = ", ".join(added.mapped("name"))
            told.append(self.env._("Documents now required: %s.", names))
        if dropped:
            names = ", ".join(dropped.mapped("name"))
            told.append(self.env._("Not required any more: %s.", names))
        return " ".join(told)
