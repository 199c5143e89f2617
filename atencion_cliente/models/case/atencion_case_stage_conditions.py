from odoo import models
from odoo.tools import is_html_empty

from ...tools import transitions
from ...tools.documents import DONE_STATES
from .stage_change import StageChange

# What the dialog of a change asks for.
ASKED = {transitions.AREA_MISSING, transitions.RESOLUTION_MISSING}


class AtencionCaseStageConditions(models.Model):
    """The conditions of a change of state, by ``tools.transitions``, and their messages."""

    _inherit = "atencion.case"

    def _stage_refusals(self, change):
        """What refuses a change: for each case that it is refused, one line per condition.

        A rule without an area transfers a case to the tray of its own area.

        :param StageChange change: what is asked for
        :rtype: dict[int, list[str]]
        """
        codes, missing = self._stage_refusal_codes(change)
        return {
            case.id: [
                case._refusal_message(code, change.stage, missing.get(case.id))
                for code in codes[case.id]
            ]
            for case in self
            if case.id in codes
        }

    def _stage_hindrances(self, stages, forced=False):
        """What refuses states to some of the cases, whatever is written with the change.

        :param stages: the ``atencion.case.stage`` that the cases might change to
        :rtype: dict[int, str]
        """
        documents = self._pending_documents()
        hindrances = {}
        for stage in stages:
            change = StageChange(stage, stage.name, forced=forced)
            codes_by_case, missing = self._stage_refusal_codes(change, documents)
            lines = [
                case._refusal_message(code, stage, missing.get(case.id))
                for case in self
                for code in _unasked(codes_by_case.get(case.id, ()))
            ]
            if lines:
                hindrances[stage.id] = "\n".join(lines)
        return hindrances

    def _stage_refusal_codes(self, change, documents=None):
        """The conditions that refuse a change, as codes.

        :param StageChange change: what is asked for
        :param documents: ``_pending_documents`` of the cases, if they were searched already
        :return: codes of ``tools.transitions`` by case id; names of the mandatory
            documents that are missing, by case id
        """
        stage, area = change.stage, change.area
        pending, missing = documents or self._pending_documents()
        target = stage._as_rule()
        origins = {
            # A case that was transferred may be transferred on.
            origin: (origin._as_rule(), origin._leads_to(stage))
            for origin in self.stage_id
        }
        refused = {}
        for case in self:
            origin, allowed = origins[case.stage_id]
            destination = (stage.requires_area_change and area) or case.area_id
            move = transitions.Move(
                origin=origin,
                target=target,
                allowed=allowed,
                has_note=change.has_note,
                has_resolution=not is_html_empty(case.resolution),
                changes_area=bool(change.rule) or bool(area) and area != case.area_id,
                has_pending_document=case.id in pending,
                misses_mandatory_document=case.id in missing,
                forced=change.forced,
                target_archived=not stage.active,
                # sudo: the user may not read what is of another company.
                area_archived=not destination.sudo().active,
                type_archived=not case.sudo().type_id.active,
                category_archived=not all(case.sudo().category_id.mapped("active")),
                property_archived=bool(case.closed_at and case._archived_property()),
            )
            codes = transitions.refusals(move)
            if codes:
                refused[case.id] = codes
        return refused, missing

    def _pending_documents(self):
        """Documents still to come, by case.

        :return: ids of the cases with any document pending; names of the mandatory
            documents that are missing, by case id
        """
        documents = self.env["atencion.case.document"].search_fetch(
            [("case_id", "in", self.ids), ("state", "not in", DONE_STATES)],
            ["case_id", "name", "mandatory", "state"],
        )
        waiting = documents.filtered(lambda doc: doc.state != "in_transit")
        missing = {
            case.id: lines.mapped("name")
            for case, lines in documents.filtered("mandatory").grouped("case_id").items()
        }
        return set(waiting.case_id.ids), missing

    def _refusal_message(self, code, stage, missing):
        self.ensure_one()
        names = {
            "case": self.display_name,
            "origin": self.stage_id.name,
            "stage": stage.name,
            "next": ", ".join(self.stage_id.next_stage_ids.mapped("name")),
            "documents": ", ".join(missing or []),
            # sudo: the user may not read what is of another company.
            "type": self.sudo().type_id.display_name,
            "category": self.sudo().category_id.display_name,
            "property": ", ".join(self._archived_property()),
        }
        messages = {
            transitions.STAGE_ARCHIVED: self.env._(
                "%(case)s: state “%(stage)s” is archived. Choose another.", **names
            ),
            transitions.AREA_ARCHIVED: self.env._(
                "%(case)s: the service area that it would be in is archived. Choose another "
                "area, then change it to “%(stage)s”.",
                **names,
            ),
            transitions.TYPE_ARCHIVED: self.env._(
                "%(case)s: its type “%(type)s” is archived. Choose another type for the case, or "
                "ask an administrator to restore this one, then change it to “%(stage)s”.",
                **names,
            ),
            transitions.CATEGORY_ARCHIVED: self.env._(
                "%(case)s: its category “%(category)s” is archived. Choose another category for "
                "the case, or ask an administrator to restore this one, then change it to "
                "“%(stage)s”.",
                **names,
            ),
            transitions.PROPERTY_ARCHIVED: self.env._(
                "%(case)s: what it is about is archived: %(property)s. Restore it, or ask a "
                "supervisor to do so; then change the case to “%(stage)s”.",
                **names,
            ),
            transitions.NOT_ALLOWED: self.env._(
                "%(case)s: from “%(origin)s” it cannot change to “%(stage)s”. It may "
                "change to: %(next)s. A supervisor may force it, with a reason.",
                **names,
            ),
            transitions.NOTE_MISSING: self.env._(
                "%(case)s: write a note that says why it changes to “%(stage)s”.",
                **names,
            ),
            transitions.REASON_MISSING: self.env._(
                "%(case)s: write the reason why it changes to “%(stage)s”.", **names
            ),
            transitions.NO_PENDING_DOCUMENT: self.env._(
                "%(case)s: no document is pending. Add to its documents what the "
                "customer has to hand over, then change it to “%(stage)s”.",
                **names,
            ),
            transitions.DOCUMENTS_MISSING: self.env._(
                "%(case)s: mandatory documents are missing: %(documents)s. Mark them "
                "as received or waived, then change it to “%(stage)s”.",
                **names,
            ),
            transitions.AREA_MISSING: self.env._(
                "%(case)s: choose the other area that the case is transferred to.",
                **names,
            ),
            transitions.RESOLUTION_MISSING: self.env._(
                "%(case)s: write the resolution, then change it to “%(stage)s”.",
                **names,
            ),
        }
        return messages[code]


def _unasked(codes):
    """The conditions that no answer in the dialog of a change meets."""
    unasked = [code for code in codes if code not in ASKED]
    if transitions.AREA_MISSING in codes:
        # The area that is asked for takes over from an archived one.
        unasked = [code for code in unasked if code != transitions.AREA_ARCHIVED]
    return unasked
