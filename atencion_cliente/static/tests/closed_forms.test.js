import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import { contains, makeServerError, mockService, onRpc } from "@web/../tests/web_test_helpers";
import {
    Case,
    close,
    FLOW,
    holdBack,
    openForm,
    openView,
    slow,
    testClosableViews,
    wait,
} from "./closable_views";

/**
 * A form may be closed at any moment: before it is drawn, while the server answers, or while
 * a wizard is open. Then nothing may happen any more. (Errors that nobody caught fail a test.)
 */
describe.current.tags("desktop");
testClosableViews();

const OFFER = { id: 7, name: "New seal", text: "Change it", applied_count: 1, measured_count: 0 };
const MATCH = { label: "CT-1", values: { partner_id: { id: 1, display_name: "Rosa" } } };
const WIZARD = { type: "ir.actions.act_window", res_model: "atencion.case.stage.change" };

const SOLUTIONS = `<field name="subject"/><widget name="atencion_case_solutions" open="1"/>`;
const LOOKUP = `<field name="contract_id"/><widget name="atencion_case_lookup"/>`;
const FILES = `<widget name="atencion_case_related_files"/>`;
const BAR = `<field name="stage_id" widget="atencion_case_stage_bar"/>`;
const GRID = `<widget name="atencion_unit_grid"/>`;

/** Each question that a widget asks the server, and what makes it ask. */
const QUESTIONS = [
    {
        name: "solutions: what fits",
        widget: SOLUTIONS,
        method: ["atencion.solution", "suggest"],
        answer: [OFFER],
        ask: wait,
    },
    {
        name: "solutions: apply one",
        widget: SOLUTIONS,
        method: ["atencion.case", "merge_solution"],
        answer: "<p>Change it</p>",
        ask: async () => {
            await wait();
            await contains(".o_atencion_apply").click();
        },
        prepare: () => onRpc("atencion.solution", "suggest", () => [OFFER]),
    },
    {
        name: "look up",
        widget: LOOKUP,
        method: ["atencion.case", "lookup"],
        answer: [MATCH],
        ask: async () => {
            await contains(".o_atencion_lookup input").edit("70000101", { confirm: false });
            await wait();
        },
    },
    {
        name: "look up: fill in",
        widget: LOOKUP,
        method: ["atencion.case", "onchange"],
        answer: { value: {} },
        ask: async () => {
            await contains(".o_atencion_lookup input").edit("70000101", { confirm: false });
            await wait();
            await contains(".o_atencion_lookup_match a").click();
        },
        prepare: () => {
            Case._onChanges = { contract_id: () => {} };
            const values = { ...MATCH.values, contract_id: { id: 2, display_name: "CT-1" } };
            onRpc("atencion.case", "lookup", () => [{ ...MATCH, values }]);
        },
    },
    {
        name: "state bar: where a case may go",
        widget: BAR,
        method: ["atencion.case.stage", "get_flow"],
        answer: FLOW,
        ask: () => {},
    },
    {
        name: "state bar: save before the wizard",
        widget: BAR + `<field name="subject"/>`,
        method: ["atencion.case", "web_save"],
        answer: [{ id: 1, stage_id: { id: 1, display_name: "In progress" }, subject: "Other" }],
        ask: async () => {
            await contains(".o_field_widget[name=subject] input").edit("Other");
            await contains(".o_arrow_button:contains(Upheld)").click();
        },
    },
    {
        name: "state bar: the wizard",
        widget: BAR,
        method: ["atencion.case", "action_change_stage"],
        answer: WIZARD,
        ask: () => contains(".o_arrow_button:contains(Upheld)").click(),
    },
    {
        name: "grid",
        model: "atencion.project",
        widget: GRID,
        method: ["atencion.project", "get_unit_grid"],
        answer: [],
        ask: () => {},
    },
];

for (const { name, model, widget, method, answer, ask, prepare } of QUESTIONS) {
    for (const fails of [false, true]) {
        test(`${name}: closed before the server ${fails ? "refuses" : "answers"}`, async () => {
            mockService("action", { doAction: () => expect.step("opened") });
            mockService("notification", { add: () => expect.step("told") });
            mockService("dialog", { add: () => expect.step("dialog") });
            prepare?.();
            const held = holdBack(...method);
            const window = await openForm(widget, model);
            await ask();
            await animationFrame();
            expect.verifySteps([method[1]]);
            await close(window);
            if (fails) {
                held.reject(makeServerError({ message: "No longer there" }));
            } else {
                held.resolve(answer);
            }
            await wait();
            expect.verifySteps([]);
        });
    }
}

for (const { name, model, widget } of [
    { name: "solutions", widget: SOLUTIONS },
    { name: "look up", widget: LOOKUP },
    { name: "related files", widget: FILES },
    { name: "state bar", widget: BAR },
    { name: "grid", model: "atencion.project", widget: GRID },
]) {
    test(`${name}: closed before the form is drawn`, async () => {
        slow.part = new Deferred();
        onRpc("atencion.solution", "suggest", () => expect.step("asked too late"));
        onRpc("atencion.project", "get_unit_grid", () => []);
        const window = await openForm(widget, model);
        expect(".slow").toHaveCount(0);
        await close(window);
        await wait();
        slow.part.resolve();
        await wait();
        expect.verifySteps([]);
    });
}

test("state bar: the wizard outlives the form", async () => {
    let closeWizard;
    mockService("action", {
        doAction(_action, { onClose }) {
            closeWizard = onClose;
        },
    });
    onRpc("atencion.case", "action_change_stage", () => WIZARD);
    onRpc("atencion.case", "web_read", () => expect.step("read"));
    const window = await openForm(BAR);
    await contains(".o_arrow_button:contains(Upheld)").click();
    await animationFrame();
    expect.verifySteps(["read"]);
    await closeWizard();
    expect.verifySteps(["read"]);
    await close(window);
    await closeWizard();
    await wait();
    expect.verifySteps([]);
});

test("kanban: the wizard outlives the cards", async () => {
    let closeWizard;
    mockService("action", {
        doAction(_action, { onClose }) {
            closeWizard = onClose;
        },
    });
    Case._records.push({ id: 2, subject: "It dripped", stage_id: 2 });
    onRpc("atencion.case", "action_change_stage", () => WIZARD);
    onRpc("atencion.case", "web_read_group", () => expect.step("read"));
    const window = await openView({
        type: "kanban",
        resModel: "atencion.case",
        groupBy: ["stage_id"],
        arch: `<kanban js_class="atencion_case_kanban"><templates>
                   <t t-name="card"><field name="subject"/></t>
               </templates></kanban>`,
    });
    expect.verifySteps(["read"]);
    await contains(".o_kanban_group:first .o_kanban_record").dragAndDrop(".o_kanban_group:last");
    await animationFrame();
    await closeWizard();
    expect.verifySteps(["read"]);
    await close(window);
    await closeWizard();
    await wait();
    expect.verifySteps([]);
});

test("offers that arrive when the subject is empty again do not show", async () => {
    const held = holdBack("atencion.solution", "suggest");
    await openForm(SOLUTIONS);
    await wait();
    expect.verifySteps(["suggest"]);
    await contains(".o_field_widget[name=subject] input").clear();
    await wait();
    held.resolve([OFFER]);
    await wait();
    expect(".o_atencion_offer").toHaveCount(0);
});
