import { Component, markup, onWillDestroy, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { useWhileOpen } from "../while_open";

// Delay after the last change before the server is asked, in milliseconds.
const DELAY = 400;

/**
 * Solutions of earlier cases that fit the case being written, saved or not. Applying one
 * adds its text to the resolution; nothing is written until the form is saved. Without
 * a fitting solution, nothing is shown. The card is folded unless the view has `open="1"`.
 */
export class CaseSolutions extends Component {
    static template = "atencion_cliente.CaseSolutions";
    static props = { ...standardWidgetProps, isOpen: { type: Boolean, optional: true } };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.state = useState({ offers: [] });
        this.keepLast = new KeepLast();
        this.whileOpen = useWhileOpen();
        useRecordObserver((record) => this.requestOffers(record));
        onWillDestroy(() => browser.clearTimeout(this.timeout));
    }

    get appliedId() {
        return this.props.record.data.solution_id?.id;
    }

    /** Ask the server for offers when their input changes, after a pause in typing. */
    requestOffers(record) {
        const { subject, description, category_id, type_id, company_id, place_id } = record.data;
        const args = [
            subject || "",
            (description || "").toString(),
            category_id?.id || false,
            type_id?.id || false,
            company_id?.id || false,
            record.resId || false,
            place_id?.id || false,
        ];
        const key = JSON.stringify(args);
        if (key === this.key) {
            return;
        }
        this.key = key;
        browser.clearTimeout(this.timeout);
        if (!subject) {
            this.show([]);
            return;
        }
        this.timeout = browser.setTimeout(
            () => this.show(this.orm.silent.call("atencion.solution", "suggest", args)),
            DELAY
        );
    }

    /** Show the offers of the last request, also if earlier ones arrive after them. */
    async show(offers) {
        this.state.offers = await this.whileOpen(this.keepLast.add(Promise.resolve(offers)));
    }

    /** The number of cases in which the solution was applied, and its success. */
    summary(offer) {
        const { applied_count, measured_count, success_rate } = offer;
        const parts = [];
        if (applied_count) {
            parts.push(
                applied_count === 1
                    ? _t("Applied in one case")
                    : _t("Applied in %s cases", applied_count)
            );
        }
        if (measured_count) {
            parts.push(_t("Success: %s", `${Math.round(success_rate * 100)}\u00a0%`));
        }
        return parts.join(" · ");
    }

    open(offer) {
        this.dialog.add(FormViewDialog, {
            resModel: "atencion.solution",
            resId: offer.id,
            readonly: true,
            title: _t("Solution"),
        });
    }

    async apply(offer) {
        const { record } = this.props;
        const resolution = await this.whileOpen(
            this.orm.call("atencion.case", "merge_solution", [
                offer.id,
                (record.data.resolution || "").toString(),
            ])
        );
        if (record !== this.props.record) {
            return; // the form shows another case by now
        }
        await this.whileOpen(
            record.update({
                resolution: markup(resolution),
                solution_id: { id: offer.id, display_name: offer.name },
            })
        );
        this.notification.add(_t("The solution was added to the resolution of the case."), {
            type: "success",
        });
    }
}

export const caseSolutions = {
    component: CaseSolutions,
    extractProps: ({ attrs }) => ({ isOpen: attrs.open === "1" }),
    fieldDependencies: [
        { name: "subject", type: "char" },
        { name: "description", type: "html" },
        { name: "category_id", type: "many2one" },
        { name: "type_id", type: "many2one" },
        { name: "company_id", type: "many2one" },
        { name: "place_id", type: "many2one" },
        { name: "resolution", type: "html" },
        { name: "solution_id", type: "many2one" },
    ],
};

registry.category("view_widgets").add("atencion_case_solutions", caseSolutions);
