import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, expect } from "@odoo/hoot";
import { advanceTime, animationFrame, Deferred } from "@odoo/hoot-mock";
import { Component, onWillStart, useState, xml } from "@odoo/owl";
import {
    defineModels,
    fields,
    models,
    mountWithCleanup,
    onRpc,
    parseViewProps,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { registry } from "@web/core/registry";
import { useServiceProtectMethodHandling } from "@web/core/utils/hooks";
import { View } from "@web/views/view";

const partner = () => fields.Many2one({ relation: "res.partner" });

export class Case extends models.Model {
    _name = "atencion.case";
    subject = fields.Char();
    description = fields.Html();
    resolution = fields.Html();
    category_id = partner();
    type_id = partner();
    company_id = partner();
    solution_id = partner();
    partner_id = partner();
    contract_id = partner();
    unit_id = partner();
    block_id = partner();
    project_id = partner();
    requester_id = partner();
    related_file_count = fields.Integer();
    place_id = partner();
    stage_id = fields.Many2one({ relation: "atencion.case.stage" });
    previous_stage_id = fields.Many2one({ relation: "atencion.case.stage" });
    _records = [{ id: 1, subject: "It drips", stage_id: 1 }];
}

export const FLOW = [
    { id: 1, display_name: "In progress", active: true, is_initial: true, next_stage_ids: [2] },
    { id: 2, display_name: "Upheld", active: true, next_stage_ids: [] },
];

export class Stage extends models.Model {
    _name = "atencion.case.stage";
    name = fields.Char();
    fold = fields.Boolean();
    next_stage_ids = fields.Many2many({ relation: "atencion.case.stage" });
    _records = [
        { id: 1, name: "In progress", next_stage_ids: [2] },
        { id: 2, name: "Upheld" },
    ];

    get_flow() {
        return FLOW;
    }
}

class Project extends models.Model {
    _name = "atencion.project";
    name = fields.Char();
    _records = [{ id: 1, name: "Gardens" }];
}

// Longer than any widget waits before it asks the server.
const A_WHILE = 2000;

/** A view that can be closed, as when its breadcrumb is left. */
class Window extends Component {
    static components = { View };
    static props = ["view"];
    static template = xml`
        <div class="o_action_manager"><View t-if="state.open" t-props="props.view"/></div>`;

    setup() {
        this.state = useState({ open: false });
    }
}

/** A part of a form that keeps the form from being drawn. */
export const slow = { part: Promise.resolve() };
class SlowWidget extends Component {
    static props = ["*"];
    static template = xml`<i class="slow"/>`;

    setup() {
        onWillStart(() => slow.part);
    }
}

/** Call it in a file of tests: its forms are those of cases and projects, and can be closed. */
export function testClosableViews() {
    defineMailModels();
    defineModels([Case, Stage, Project]);
    beforeEach(() => {
        slow.part = Promise.resolve();
        registry.category("view_widgets").add("slow", { component: SlowWidget }, { force: true });
        // As in the product: what a closed component asks of the server is an error.
        patchWithCleanup(useServiceProtectMethodHandling, {
            fn: useServiceProtectMethodHandling.original,
        });
        patchWithCleanup(console, { warn: () => {} });
        onRpc("atencion.unit", "has_access", () => true);
    });
}

export async function openView(view) {
    const window = await mountWithCleanup(Window, { props: { view: parseViewProps(view) } });
    window.state.open = true;
    await animationFrame();
    return window;
}

export function openForm(widget, model = "atencion.case") {
    const arch = `<form>${widget}<widget name="slow"/></form>`;
    return openView({ type: "form", resModel: model, resId: 1, arch });
}

export async function close(window) {
    window.state.open = false;
    await animationFrame();
    expect(".o_view_controller").toHaveCount(0);
}

/** Let everything happen that was due. */
export async function wait() {
    await advanceTime(A_WHILE);
    await animationFrame();
}

/** Let the answers of a method wait for a deferred, which tests resolve or reject. */
export function holdBack(model, method) {
    const answer = new Deferred();
    onRpc(model, method, () => {
        expect.step(method);
        return answer;
    });
    return answer;
}
