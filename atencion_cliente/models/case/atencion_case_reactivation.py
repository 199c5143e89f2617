from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, is_html_empty

from .stage_change import StageChange

# Characters of what a customer says that are the note of the reopening.
NOTE_LENGTH = 200


class AtencionCaseReactivation(models.Model):
    """A closed case that is reopened is attended and solved anew.

    Its resolution is emptied. The former one stays in the log, and in the ledger with the time
    in which the case was closed. One that is changed while the case is closed stays in the log.
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
        return values | ({"resolution": False} if self._reopened_by(change) else {})

    def _write_stage_change(self, change):
        # sudo: whoever may reopen a case lets its resolution be kept.
        former = {
            case.id: case.resolution
            for case in self._reopened_by(change).sudo()
            if not is_html_empty(case.resolution)
        }
        # The entries end in the same statement.
        for entry in self.browse(former)._open_entries():
            entry.resolution = former[entry.case_id.id]
        super()._write_stage_change(change)
        reopened = self.browse(former)
        # Mails reopen cases as well, and whoever brings them has no language.
        lang = self.env.lang or reopened.company_id[:1].partner_id.lang
        title = self.with_context(lang=lang).env._("Resolution until it was reopened:")
        reopened._log_former_resolution(former, title)

    def _write_client_values(self, vals):
        """A resolution that comes with the reopening is of the time after it."""
        stage = self.env["atencion.case.stage"].browse(vals.get("stage_id") or ())
        # Read with the states that are left, whose rules are asked for next.
        stage = stage.with_prefetch((*stage.ids, *self.stage_id.ids))
        reopened = self.filtered("closed_at") if stage.restarts_clock else self.browse()
        if "resolution" not in vals or not reopened:
            return super()._write_client_values(vals)
        resolution = vals.pop("resolution")
        # What a form sends back is no new resolution.
        echoed = reopened.filtered(lambda case: (case.resolution or "") == (resolution or ""))
        super()._write_client_values(vals)
        if self - echoed:
            (self - echoed)._write_checked({"resolution": resolution})
        return None

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
