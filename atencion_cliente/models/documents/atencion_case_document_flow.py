import logging

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import UserError

from ...tools import documents
from ..base.contained import contained
from ..base.server_context import server_value, with_server_value
from ..case.stage_change import StageChange

_logger = logging.getLogger(__name__)

# Context key of the ``DocumentChanges`` that one save collects.
CHANGES_KEY = "atencion_document_changes"
ARRIVED = ("in_transit", "received")
# Fields of the case whose changes may change its documents.
LISTING_FIELDS = ("document_ids", "type_id", "requester_relation")


class DocumentChanges:
    """The changes that one save makes to the documents of cases.

    :ivar dict states: the state of each changed document before the save, by its id
    :ivar set fewer_missing: ids of the cases with fewer missing documents than before
    :ivar set placed: ids of the cases that keep their state, because the user chose it in the
        same save
    :ivar dict removed: names of the files that were removed from each document, by its id
    :ivar set following: ids of the documents whose files a save is just following
    """

    def __init__(self):
        self.states = {}
        self.fewer_missing = set()
        self.placed = set()
        self.removed = {}
        self.following = set()


def collecting_changes(records):
    """Collect the changes of documents during one save, so that cases follow them once.

    :param records: the records to save
    :return: the records in a context that collects changes, and the ``DocumentChanges`` to
        pass to ``_follow_documents``; None if an outer save does that
    """
    if server_value(records.env, CHANGES_KEY):
        return records, None
    changes = DocumentChanges()
    return with_server_value(records, CHANGES_KEY, changes), changes


class AtencionCaseDocumentFlow(models.Model):
    """Logs changes of documents on the case, and changes its state if its type says so."""

    _inherit = "atencion.case"

    @api.model
    def _create_checked(self, vals_list):
        collecting, changes = collecting_changes(self)
        cases = super(AtencionCaseDocumentFlow, collecting)._create_checked(vals_list)
        self._follow_documents(changes)
        return cases.with_env(self.env)

    def _write_client_values(self, vals):
        if vals.keys().isdisjoint(LISTING_FIELDS):
            return super()._write_client_values(vals)
        collecting, changes = collecting_changes(self)
        if vals.get("stage_id"):
            collecting._keep_chosen_state()
        super(AtencionCaseDocumentFlow, collecting)._write_client_values(vals)
        self._follow_documents(changes)

    def _write_stage_change(self, change):
        self._keep_chosen_state()
        super()._write_stage_change(change)

    def _keep_chosen_state(self):
        """Keep the state that the present save gives to these cases."""
        changes = server_value(self.env, CHANGES_KEY)
        if changes:
            changes.placed.update(self.ids)

    @api.model
    def _follow_documents(self, changes):
        """Log changes of documents on their cases, and change the states of these cases.

        :param DocumentChanges changes: None if an outer save follows them
        """
        if not changes:
            return
        cases = self.env["atencion.case"].with_context(**{CHANGES_KEY: None})
        # After a transfer in the same save, the user may not see the case any more.
        lines = cases.env["atencion.case.document"].browse({**changes.states, **changes.removed})
        lines = lines.exists()._filtered_access("read")
        fewer_missing = cases.browse(changes.fewer_missing).exists()._filtered_access("read")
        by_case = lines.grouped("case_id")
        for case in fewer_missing | lines.case_id:
            of_case = by_case.get(case, lines.browse())
            changed = of_case.filtered(lambda line: line.id in changes.states)
            case._log_documents(changed, changes.states)
            case._log_removed_files(of_case, changes.removed)
            if case.id not in changes.placed:
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

    def _log_removed_files(self, lines, removed):
        """Log the files that were removed from documents, whatever a client's context says.

        :param lines: documents of the case
        :param dict removed: the names of the files, by id of their document
        """
        texts = [
            self.env._(
                "%(document)s: file removed: %(files)s",
                document=line.name,
                files=", ".join(removed[line.id]),
            )
            for line in lines
            if line.id in removed
        ]
        if texts:
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
                or any(line.state in documents.DONE_STATES for line in lines),
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
        change = StageChange(stage, note)
        refused = "\n".join(self._stage_refusals(change).get(self.id, ()))
        try:
            if not refused:
                with contained(self.env):
                    self._apply_stage_change(change)
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
