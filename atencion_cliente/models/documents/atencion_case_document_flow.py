import logging

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import UserError

from ...tools import documents
from ..case.atencion_case_lifecycle import DONE_DOCUMENTS

_logger = logging.getLogger(__name__)

# Context key of the ``DocumentChanges`` that one save collects.
CHANGES_KEY = "atencion_document_changes"
ARRIVED = ("in_transit", "received")


class DocumentChanges:
    """The changes that one save makes to the documents of cases.

    :ivar dict states: the state of each changed document before the save, by its id
    :ivar set fewer_missing: ids of the cases with fewer missing documents than before
    """

    def __init__(self):
        self.states = {}
        self.fewer_missing = set()


def collecting_changes(records):
    """Collect the changes of documents during one save, so that cases follow them once.

    :param records: the records to save
    :return: the records in a context that collects changes, and the ``DocumentChanges`` to
        pass to ``_follow_documents``; None if an outer save does that
    """
    # A client cannot put such an object into a context.
    if isinstance(records.env.context.get(CHANGES_KEY), DocumentChanges):
        return records, None
    changes = DocumentChanges()
    return records.with_context(**{CHANGES_KEY: changes}), changes


class AtencionCaseDocumentFlow(models.Model):
    """Logs changes of documents on the case, and changes its state if its type says so."""

    _inherit = "atencion.case"

    @api.model
    def _follow_documents(self, changes, still=None):
        """Log changes of documents on their cases, and change the states of these cases.

        :param DocumentChanges changes: None if an outer save follows them
        :param still: cases that keep their state, because the user chose it in the same save
        """
        if not changes:
            return
        cases = self.env["atencion.case"].with_context(**{CHANGES_KEY: None})
        # After a transfer in the same save, the user may not see the case any more.
        lines = cases.env["atencion.case.document"].browse(changes.states).exists()
        lines = lines._filtered_access("read")
        fewer_missing = cases.browse(changes.fewer_missing).exists()._filtered_access("read")
        by_case = lines.grouped("case_id")
        for case in fewer_missing | lines.case_id:
            changed = by_case.get(case, lines.browse())
            case._log_documents(changed, changes.states)
            if still is None or case not in still:
                case._move_by_documents(changed, changes)

    def _log_documents(self, lines, states):
        """Log the changes of documents in one message.

        :param lines: the documents whose state changed
        :param dict states: their states before, by id
        """
        if not lines or self.env.context.get("tracking_disable"):
            return
        labels = dict(lines._fields["state"]._description_selection(self.env))
        texts = [
            self.env._(
                "%(document)s: %(before)s → %(state)s",
                document=line.name,
                before=labels[states[line.id]],
                state=labels[line.state],
            )
            + (f" ({line.reason})" if line.reason else "")
            for line in lines
        ]
        self._message_log(body="; ".join(texts))

    # -------------------------------------------------------------------------
    # Moves
    # -------------------------------------------------------------------------

    def _move_by_documents(self, lines, changes):
        """Change the state of the case as its documents require, if its type says so.

        :param lines: the documents whose state changed
        :param DocumentChanges changes: what the save changed
        """
        self.ensure_one()
        if not self.type_id.auto_advance or self.is_closed or not self.active:
            return
        arrived = lines.filtered(
            lambda line: line.state in ARRIVED and changes.states[line.id] not in ARRIVED
        )
        rejected = lines.filtered(lambda line: line.mandatory and line.state == "rejected")
        stage = self.stage_id
        step = documents.next_step(
            documents.DocumentProgress(
                waits_for_documents=stage.waits_for_documents,
                requires_pending_document=stage.requires_pending_document,
                missing=bool(self.missing_document_count),
                arrived=bool(arrived),
                fewer_missing=self.id in changes.fewer_missing
                or any(line.state in DONE_DOCUMENTS for line in lines),
                rejected=bool(rejected),
            )
        )
        if step:
            self._apply_document_step(step, self._document_step_note(step, arrived, rejected))

    def _document_step_note(self, step, arrived, rejected):
        """The note of an automatic change of state, which says its reason."""
        if step == documents.WORK:
            return self.env._("All mandatory documents are received or waived.")
        if step == documents.TRANSIT:
            names = ", ".join(arrived.mapped("name"))
            return self.env._("Arrived, or on its way: %s", names)
        return "\n".join(
            self.env._("%(document)s: %(reason)s", document=line.name, reason=line.reason)
            for line in rejected
        )

    def _apply_document_step(self, step, note):
        """Change the state of the case; log a refusal instead of raising it.

        An agent must be able to save a received document, whether or not the state of the
        case can change.

        :param str step: of ``tools.documents``
        :param str note: the note of the change
        """
        stage = self._stage_of_document_step(step)
        if not stage or stage == self.stage_id:
            return
        # Errors in what the user wrote are raised here, before the automatic change.
        self.env.flush_all()
        refused = "\n".join(self._stage_refusals(stage, note).get(self.id, ()))
        try:
            if not refused:
                with self._contained():
                    self._change_stage(stage, note)
        except OperationalError:
            # Odoo repeats the transaction.
            raise
        except UserError as error:
            refused = str(error)
        except Exception as error:
            _logger.exception("Case %s cannot follow its documents", self.id)
            refused = str(error)
        if refused:
            # sudo: the user may lack the right to write on the case.
            self.sudo()._message_log(
                author_id=self.env.user.partner_id.id,
                body=self.env._(
                    "The documents would move the case to “%(stage)s”, which is refused: "
                    "%(refusal)s",
                    stage=stage.name,
                    refusal=refused,
                ),
            )

    def _stage_of_document_step(self, step):
        """The state that a step leads to, by its flags.

        A state that may follow the present one has priority.
        """
        stages = self.env["atencion.case.stage"].search([])
        found = stages.filtered(
            {
                documents.WAIT: lambda stage: stage.requires_pending_document,
                documents.TRANSIT: lambda stage: (
                    stage.waits_for_documents and not stage.requires_pending_document
                ),
                documents.WORK: lambda stage: stage.is_initial and not stage.waits_for_documents,
            }[step]
        )
        return (found & self.stage_id.next_stage_ids)[:1] or found[:1]
