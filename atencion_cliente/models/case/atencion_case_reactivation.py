from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, is_html_empty

from ...tools.transitions import SOLVED
from .stage_change import StageChange

# Characters of what a customer says that are the note of the reopening.
NOTE_LENGTH = 200


class AtencionCaseReactivation(models.Model):
    """A closed case that is reopened is attended, solved and answered anew.

    Its resolution and its answer are emptied. The former ones stay in the log, and in the ledger
    with the time in which the case was closed. Those that are changed while the case is closed
    stay in the log.
    """

    _inherit = "atencion.case"

    @api.constrains("attention_date", "reactivated_at")
    def _check_attended_since_reactivation(self):
        for case in self:
            if not (case.attention_date and case.reactivated_at):
                continue
            reactivated = case.company_id._day_of(case.reactivated_at)
            if case.attention_date < reactivated:
                raise ValidationError(
                    self.env._(
                        "%(case)s: it was reopened on %(day)s, and the attention date cannot be "
                        "before. Write the day on which the customer was attended since then.",
                        case=case.display_name,
                        day=format_date(self.env, reactivated),
                    )
                )

    def _reopening_stage(self, note):
        """The first state that reopens a case, and that nothing refuses; it may be empty.

        :param str note: why it is reopened
        """
        self.ensure_one()
        stages = self.env["atencion.case.stage"].search([("restarts_clock", "=", True)])
        for stage in stages:
            refused, _missing = self._stage_refusal_codes(StageChange(stage, note or stage.name))
            if not refused:
                return stage
        return stages.browse()

    def _reopen_for_customer(self, words):
        """Reopen a closed case by what its customer says, the beginning of which is the note.

        :param str words: plain text
        :raise ValidationError: a condition refuses it, see ``_reopening_stage``
        """
        note = words[:NOTE_LENGTH].strip()
        note = note or self._speaking(self.company_id).env._("The customer wrote.")
        self._change_stage(self._reopening_stage(note), note)

    def _reopened_by(self, change):
        """The closed cases that a change of state reopens."""
        return self.filtered("closed_at") if change.stage.restarts_clock else self.browse()

    def _stage_values(self, change, moment):
        values = super()._stage_values(change, moment)
        return values | (dict.fromkeys(SOLVED, False) if self._reopened_by(change) else {})

    def _write_stage_change(self, change):
        # sudo: whoever may reopen a case lets what was said of it be kept.
        solved = {
            case.id: {name: case[name] for name in SOLVED if not is_html_empty(case[name])}
            for case in self._reopened_by(change).sudo()
        }
        said_of = self.browse(case_id for case_id, said in solved.items() if said)
        # The entries end in the same statement.
        for entry in said_of._open_entries():
            entry.update(solved[entry.case_id.id])
        super()._write_stage_change(change)
        # A former answer is logged with the other texts of a case that change.
        former = {
            case_id: said["resolution"] for case_id, said in solved.items() if "resolution" in said
        }
        reopened = self.browse(former)
        # Mails reopen cases as well, and whoever brings them has no language.
        lang = self.env.lang or reopened.company_id[:1].partner_id.lang
        title = self.with_context(lang=lang).env._("Resolution until it was reopened:")
        reopened._log_former_resolution(former, title)

    def _write_client_values(self, vals):
        """A resolution or an answer that comes with the reopening is of the time after it."""
        stage = self.env["atencion.case.stage"].browse(vals.get("stage_id") or ())
        # Read with the states that are left, whose rules are asked for next.
        stage = stage.with_prefetch((*stage.ids, *self.stage_id.ids))
        reopened = self.filtered("closed_at") if stage.restarts_clock else self.browse()
        solved = {name: vals.pop(name) for name in SOLVED if name in vals} if reopened else {}
        # What a form sends back is not new.
        echoed = {
            name: reopened.filtered(
                lambda case, name=name: (case[name] or "") == (solved[name] or "")
            )
            for name in solved
        }
        super()._write_client_values(vals)
        for name, text in solved.items():
            (self - echoed[name])._write_checked({name: text})

    def _prepare_write(self, vals, carried):
        vals = super()._prepare_write(vals, carried)
        if "resolution" in vals and "closed_at" not in vals:
            # sudo: whoever may change the resolution lets the former one be kept.
            carried["resolutions"] = {
                case.id: case.resolution
                for case in self.sudo().filtered("closed_at")
                if not is_html_empty(case.resolution)
            }
        return vals

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        former = {
            case.id: before
            for case in self
            if (before := carried.get("resolutions", {}).get(case.id))
            and before != (case.resolution or "")
        }
        title = self.env._("Resolution before it was changed:")
        self.browse(former)._log_former_resolution(former, title)

    def _log_former_resolution(self, former, title):
        """Keep in the log how cases had been solved.

        :param dict former: HTML by case id
        :param str title: why it is not their resolution any longer
        """
        if not self:
            return
        self._message_log_batch(
            bodies={
                case.id: Markup("<p><b>%s</b></p>%s") % (title, former[case.id]) for case in self
            }
        )
