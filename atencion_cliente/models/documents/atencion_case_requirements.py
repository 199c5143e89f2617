from odoo import Command, api, fields, models

from ...tools import documents
from .atencion_case_document_flow import collecting_changes


class AtencionCaseRequirements(models.Model):
    """The required documents of a case (recaudos), which follow its type and requester."""

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
        """List the required documents of a case that is not saved yet.

        On saved cases, ``_revise_documents`` updates the list.
        """
        if self._origin:
            return
        required = self._required_documents()
        today = self.company_id._today() if required else None
        listed = self.document_ids
        not_required = listed.filtered(
            lambda document: (
                document.requirement_id
                and document.requirement_id._origin not in required
                and document._is_untouched()
            )
        )
        self.document_ids -= not_required
        for requirement in required - listed.requirement_id._origin:
            self.document_ids += listed.new(
                {
                    "requirement_id": requirement.id,
                    "sequence": requirement.sequence,
                    "due_date": requirement._due_date(today),
                }
            )

    def _required_documents(self):
        """The documents that the type of the case requires of its requester.

        :rtype: atencion.document.requirement
        """
        self.ensure_one()
        return self.type_id._requirements_for(self.requester_relation, self.company_id)

    @api.model
    def _misses_documents(self, vals):
        """Whether a new case with these values will have missing mandatory documents."""
        case_type = self.env["atencion.case.type"].browse(vals.get("type_id"))
        company = self.env["res.company"].browse(vals["company_id"])
        required = case_type._requirements_for(vals.get("requester_relation"), company)
        missing = required.filtered("mandatory")
        for command in vals.get("document_ids") or ():
            document = command[2] if len(command) > 2 and command[0] == 0 else {}
            if document.get("state") in documents.DONE_STATES:
                missing -= missing.browse(document.get("requirement_id"))
            elif document.get("mandatory"):
                return True
        return bool(missing)

    @api.model
    def _assigned_documents(self, vals):
        """The documents that a client lists on a new case, each requirement once.

        Clients show lines without their requirement, as the form of a telephone, and send them
        back so: such a line is the document of that name which the type requires.

        :return: the commands, completed with requirements
        :rtype: list
        """
        lines = {
            index: command[2]
            for index, command in enumerate(vals["document_ids"])
            if len(command) > 2 and command[0] == Command.CREATE
        }
        company = self.env["res.company"].browse(vals.get("company_id")) or self.env.company
        case_type = self.env["atencion.case.type"].browse(vals["type_id"])
        required = case_type._requirements_for(vals.get("requester_relation"), company)
        assigned = documents.assign(
            [
                documents.ListedDocument(
                    index,
                    line.get("name") or "",
                    line.get("requirement_id") or None,
                    line.get("state", "pending") == "pending"
                    and not line.get("reason")
                    and not line.get("attachment_ids"),
                )
                for index, line in lines.items()
            ],
            [requirement._as_rule() for requirement in required],
        )
        return [
            Command.create(lines[index] | {"requirement_id": assigned[index] or False})
            if index in lines
            else command
            for index, command in enumerate(vals["document_ids"])
            if index not in lines or index in assigned
        ]

    @api.model
    def _prepare_create(self, vals_list, carried):
        for vals in vals_list:
            if vals.get("document_ids") and vals.get("type_id"):
                vals["document_ids"] = self._assigned_documents(vals)
        prepared = super()._prepare_create(vals_list, carried)
        # A user who registers a case for another area sees it as its follower, so the documents
        # can be added only once the case exists.
        carried["documents"] = [vals.pop("document_ids", None) for vals in prepared]
        return prepared

    def _after_create(self, vals_list, carried):
        # Before the change to the state of the form, because its conditions check documents.
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
        """Add to new cases the required documents that they do not list yet."""
        groups = self.grouped(lambda case: (case.type_id, case.requester_relation, case.company_id))
        rows = []
        for cases in groups.values():
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
        """Add required documents to cases.

        :param rows: triples of the case, the requirement, and the day of the company from
            which its due date is counted
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
        """Update the documents of each case after a change of its type or requester.

        Newly required documents are added. Documents that are not required any more are
        removed if they are untouched; documents that arrived, or that an agent added, stay.
        """
        cases, changes = collecting_changes(self)
        for case in cases:
            case._revise_document_list()
        self._follow_documents(changes)

    def _revise_document_list(self):
        lang = self.company_id.partner_id.lang
        required = self._required_documents()
        listed = self.document_ids
        revision = documents.revise(
            [document._as_listed_document(lang) for document in listed],
            [requirement._as_rule() for requirement in required.with_context(lang=lang)],
        )
        removed = listed.browse(revision.removed)
        message = self._revision_message(required.browse(revision.added), removed)
        removed._remove()
        listed.browse(revision.kept).write({"requirement_id": False, "mandatory": False})
        for document_id, requirement_id in revision.matched:
            listed.browse(document_id).requirement_id = requirement_id
        today = self.company_id._today()
        self._create_documents(
            [(self, requirement, today) for requirement in required.browse(revision.added)]
        )
        if message and not self.env.context.get("tracking_disable"):
            self._message_log(body=message)

    def _revision_message(self, added, removed):
        """The log message about added and removed documents, empty without any."""
        sentences = []
        if added:
            names = ", ".join(added.mapped("name"))
            sentences.append(self.env._("Documents now required: %s.", names))
        if removed:
            names = ", ".join(removed.mapped("name"))
            sentences.append(self.env._("Not required any more: %s.", names))
        return " ".join(sentences)
