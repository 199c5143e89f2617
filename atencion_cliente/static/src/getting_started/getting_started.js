import { Component, markup, onWillStart, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useWhileOpen } from "../while_open";

const CASES = "atencion_cliente.atencion_case_action";

/**
 * What an administrator sets up before the first case, step by step. Each step opens what it
 * needs; back here, by the breadcrumb or when the dialog is closed, the server says anew what
 * is done.
 */
export class GettingStarted extends Component {
    static template = "atencion_cliente.GettingStarted";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.whileOpen = useWhileOpen();
        this.display = { controlPanel: {} };
        this.state = useState({});
        onWillStart(() => this.load());
    }

    async load() {
        Object.assign(this.state, await this.call("atencion.getting.started", "get_progress"));
    }

    call(model, method) {
        return this.whileOpen(this.orm.call(model, method, []));
    }

    open({ action, context }) {
        // What Odoo loads by a name is marked up by Odoo; what a call tells is not.
        const opened = action.help ? { ...action, help: markup(action.help) } : action;
        return this.action.doAction(opened, {
            additionalContext: context,
            onClose: () => this.load(),
        });
    }

    openCases() {
        return this.action.doAction(CASES, { clearBreadcrumbs: true });
    }

    loadExample() {
        return this.changeExample("action_load");
    }

    removeExample() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Remove example"),
            body: _t(
                "The records of the example that nobody changed or uses are deleted from this company."
            ),
            confirmLabel: _t("Remove example"),
            confirm: () => this.changeExample("action_unload"),
            cancel: () => {},
        });
    }

    async changeExample(method) {
        const { params, ...told } = await this.call("atencion.starter", method);
        // What comes next is on this page.
        await this.whileOpen(
            this.action.doAction({ ...told, params: { ...params, next: undefined } })
        );
        await this.load();
    }

    async close() {
        await this.call("atencion.getting.started", "action_close");
        await this.openCases();
    }

    async propose() {
        await this.call("atencion.getting.started", "action_propose");
        await this.load();
    }
}

registry.category("actions").add("atencion_getting_started", GettingStarted);
