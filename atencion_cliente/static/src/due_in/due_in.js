import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import {
    RemainingDaysField,
    remainingDaysField,
} from "@web/views/fields/remaining_days/remaining_days_field";

/** The days to a due date, in the words of the log beside it, and never in weeks or months. */
export class DueInField extends RemainingDaysField {
    get diffString() {
        const days = this.diffDays;
        if (days === null) {
            return "";
        }
        const words = { "-1": _t("Yesterday"), 0: _t("Today"), 1: _t("Tomorrow") };
        if (days in words) {
            return words[days];
        }
        return days < 0 ? _t("%s days overdue", -days) : _t("Due in %s days", days);
    }
}

registry.category("fields").add("atencion_due_in", {
    ...remainingDaysField,
    component: DueInField,
    additionalClasses: ["o_field_remaining_days"],
});
