import logging

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import UserError

from ...tools import documents
from ..base.contained import contained
from ..base.server_context import server_value, with_server_value
from ..case.stage_change import StageChange

_logger = logging.getLogger(__name__)

# Key of the context under which one save collects what it does to documents.
COLLECTED = "atencion_document_changes"
ARRIVED = ("in_transit", "received")
# What decides the documents of a case, and the list of them.
LISTING = ("document_ids", "type_id", "requester_relation")


class DocumentChanges:
    """What one save did to documents of cases.

    ``states``: the state that each document had, by its id. ``settled``: ids of cases
    that wait for one document less. ``placed``: ids of cases that do not move by their
    documents, because somebody chose their state in the same save.
    """

    def __init__(self):
        self.states = {}
        self.settled = set()
        self.placed = set()


def collecting_changes(records):
    """Let a save collect what it does to documents, so that a case follows it once.

    :return: the records, and the changes to follow: None if an outer save follows them
    """
    if server_value(records.env, COLLECTED):
        return records, None
    changes = DocumentChanges()
    return with_server_value(records, COLLECTED, changes), changes


class AtencionCaseDocumentFlow(models.Model):
    """A case logs what becomes of its documents, and moves by itself if its type says so."""

    _inherit = "atencion.case"

    @api.model
    def _create_checked(self, vals_list):
        collecting, changes = collecting_changes(self)
        cases = super(AtencionCaseDocumentFlow, collecting)._create_checked(vals_list)
        self._follow_documents(changes)
        return cases.with_env(self.env)

    def _write_client_values(self, vals):
        if vals.keys().isdisjoint(LISTING):
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
        """Let these cases stay in the state that the save that goes on gives them."""
        changes = server_value(self.env, COLLECTED)
        if changes:
            changes.placed.update(self.ids)

    @api.model
    def _follow_documents(self, changes):
        """Log changes of documents on their cases, and move these.

        :param DocumentChanges changes: None if an outer save follows them
        """
        if not changes:
            return
        cases = self.env["atencion.case"].with_context(**{COLLECTED: None})
        # Who handed a case over in the same save may no longer see it.
        lines = cases.env["atencion.case.document"].browse(changes.states).exists()
        lines = lines._filtered_access("read")
        settled = cases.browse(changes.settled).exists()._filtered_access("read")
        by_case = lines.grouped("case_id")
        for case in settled | lines.case_id:
            changed = by_case.get(case, lines.browse())
            case._log_documents(changed, changes.states)
            if case.id not in changes.placed:
                case._move_by_documents(changed, changes)

    def _log_documents(self, lines, states):
        """Say in one line of the log what became of the documents of a case."""
        if not lines or self.env.context.get("tracking_disable"):
            return
        labels = dict(lines._fields["state"]._description_selection(self.env))
        told = [
            self.env._(
                "%(document)s: %(before)s → %(state)s",
                document=line.name,
                before=labels[states[line.id]],
                state=labels[line.state],
            )
            + (f" ({line.reason})" if line.reason else "")
            for line in lines
        ]
        self._message_log(body="; ".join(told))

    # -------------------------------------------------------------------------
    # Moves
    # -------------------------------------------------------------------------

    def _move_by_documents(self, lines, changes):
        """Move the case to where its documents have it, if its type says so.

        :param lines: the documents whose state changed
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
            documents.Standing(
                waits=stage.waits_for_documents,
                awaits=stage.requires_pending_document,
                missing=bool(self.missing_document_count),
                arrived=bool(arrived),
                settled=self.id in changes.settled
                or any(line.state in documents.DONE for line in lines),
                rejected=bool(rejected),
            )
        )
        if step:
            self._take_step(step, self._step_note(step, arrived, rejected))

    def _step_note(self, step, arrived, rejected):
        """The note of an automatic move: why the case moves."""
        if step == documents.WORK:
            return self.env._("All mandatory documents are received or waived.")
        if step == documents.TRANSIT:
            names = ", ".join(arrived.mapped("name"))
            return self.env._("Arrived, or on its way: %s", names)
        return "\n".join(
            self.env._("%(document)s: %(reason)s", document=line.name, reason=line.reason)
            for line in rejected
        )

    def _take_step(self, step, note):
        """Move the case; what refuses it is said in the log, and never raised.

        Whoever receives a document has done his work, whether or not the case moves.
        """
        stage = self._stage_of_step(step)
        if not stage or stage == self.stage_id:
            return
        # What the agent himself did wrong is his to read, and no matter of the move.
        self.env.flush_all()
        change = StageChange(stage, note)
        refused = "\n".join(self._stage_refusals(change).get(self.id, ()))
        try:
            if not refused:
                with contained(self.env):
                    self._apply_stage_change(change)
        except OperationalError:
            # The database asks to repeat the transaction.
            raise
        except UserError as error:
            refused = str(error)
        except Exception as error:
            _logger.exception("Case %s cannot follow its documents", self.id)
            refused = str(error)
        if refused:
            # The right that the move lacks may be the one to write the log.
            self.sudo()._message_log(
                author_id=self.env.user.partner_id.id,
                body=self.env._(
                    "The documents would move the case to “%(stage)s”, which is refused: "
                    "%(refusal)s",
                    stage=stage.name,
                    refusal=refused,
                ),
            )

    def _stage_of_step(self, step):
        """The state that a step leads to, by its flags; one that the matrix allows first."""
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
