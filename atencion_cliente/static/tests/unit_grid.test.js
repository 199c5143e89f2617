import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { animationFrame, press, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { nextCell } from "@atencion_cliente/unit_grid/unit_grid_block";

describe.current.tags("desktop");

class Project extends models.Model {
    _name = "atencion.project";
    name = fields.Char();
    _records = [{ id: 1, name: "Gardens" }];
}

defineMailModels();
defineModels([Project]);

function unit(id, code, values = {}) {
    return {
        id,
        code,
        name: `Flat ${code}`,
        kind: "Apartment",
        delivered: false,
        status: "not_delivered",
        open_count: 0,
        delay_days: 0,
        ...values,
    };
}

const TOWER = {
    key: "block_1",
    name: "Tower A",
    rows: [
        {
            floor: "2",
            cells: [unit(3, "A-201", { status: "on_time", open_count: 1 }), null, unit(4, "A-203")],
        },
        {
            floor: "1",
            cells: [
                unit(1, "A-101", { status: "overdue", open_count: 2, delay_days: 3 }),
                unit(2, "A-102", { status: "delivered", delivered: true }),
                null,
            ],
        },
    ],
};
const COMMON = {
    key: "common",
    name: "Common area",
    rows: [{ floor: "", cells: [unit(5, "C-01", { status: "overdue", open_count: 1 })] }],
};

const cell = (code) => `.o_atencion_unit:contains(${code})`;
let blocks;
let mayCreate;

beforeEach(() => {
    blocks = [TOWER, COMMON];
    mayCreate = true;
    onRpc("atencion.project", "get_unit_grid", ({ args }) => {
        expect.step(`grid of ${args[0]}`);
        return blocks;
    });
    onRpc("atencion.unit", "has_access", () => mayCreate);
    mockService("action", {
        doAction(action, { additionalContext, viewType } = {}) {
            expect.step({ action: action.tag || action, additionalContext, viewType });
        },
    });
});

async function mountGrid() {
    await mountView({
        type: "form",
        resModel: "atencion.project",
        resId: 1,
        arch: `<form><field name="name"/><widget name="atencion_unit_grid"/></form>`,
    });
    await animationFrame();
    expect.verifySteps(["grid of 1"]);
}

test("floors, holes and what each cell tells", async () => {
    await mountGrid();
    expect(queryAllTexts(".o_atencion_grid_block:first tr:first th")).toEqual(["2"]);
    expect(queryAllTexts(".o_atencion_grid_block:first td")).toEqual([
        "A-201\n1",
        "",
        "A-203",
        "A-101\n2",
        "A-102",
        "",
    ]);
    expect(queryAllTexts(".o_atencion_grid_block small")).toEqual([
        "Units: 4 · Open cases: 3",
        "Units: 1 · Open cases: 1",
    ]);
    expect(cell("A-101")).toHaveClass("o_atencion_unit_overdue");
    expect(cell("A-101")).toHaveAttribute(
        "aria-label",
        "A-101, Flat A-101, Apartment, 2 open cases, 3 days late"
    );
    expect(cell("A-102")).toHaveAttribute(
        "aria-label",
        "A-102, Flat A-102, Apartment, Delivered, 0 open cases"
    );
    expect(`${cell("A-201")} .fa-hourglass-half`).toHaveCount(1);
});

test("a click opens the cases of the unit", async () => {
    await mountGrid();
    await contains(cell("A-101")).click();
    expect.verifySteps([
        {
            action: "atencion_cliente.atencion_case_action",
            additionalContext: { search_default_unit_id: 1, default_unit_id: 1 },
            viewType: undefined,
        },
    ]);
});

test("one cell of a grid is reached by Tab, the others by the arrows", async () => {
    await mountGrid();
    const reached = ".o_atencion_grid_block:first .o_atencion_unit[tabindex='0']";
    expect(reached).toHaveCount(1);
    queryOne(reached).focus();
    for (const [keys, code] of [
        ["ArrowRight", "A-203"],
        ["ArrowRight", "A-203"],
        ["ArrowDown", "A-102"],
        ["Home", "A-101"],
        ["End", "A-102"],
        [["Control", "Home"], "A-201"],
        [["Control", "End"], "A-102"],
        ["ArrowLeft", "A-101"],
        ["ArrowUp", "A-201"],
        ["ArrowUp", "A-201"],
    ]) {
        await press(keys);
        await animationFrame();
        expect(cell(code)).toBeFocused({ message: `${keys} leads to ${code}` });
        expect(reached).toHaveCount(1);
        expect(reached).toHaveText(new RegExp(code));
    }
    await press("Enter");
    expect.verifySteps([
        {
            action: "atencion_cliente.atencion_case_action",
            additionalContext: { search_default_unit_id: 3, default_unit_id: 3 },
            viewType: undefined,
        },
    ]);
});

test("keys that lead nowhere lead to no cell", () => {
    const rows = [[unit(1, "A")], [null]];
    const from = { row: 0, column: 0 };
    for (const key of ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Enter", "Tab"]) {
        expect(nextCell(rows, from, key)).toBe(undefined);
    }
});

test("the legend counts the units of each colour and shows where they are", async () => {
    await mountGrid();
    expect(queryAllTexts(".o_atencion_grid_legend")).toEqual([
        "Overdue2",
        "On time1",
        "Delivered, no open cases1",
        "Not delivered, no open cases1",
    ]);
    const overdue = ".o_atencion_grid_legend.o_atencion_unit_overdue";
    await contains(overdue).click();
    expect(overdue).toHaveAttribute("aria-pressed", "true");
    expect(".o_atencion_unit:not(.o_atencion_unit_dimmed)").toHaveCount(2);
    expect(cell("A-201")).toHaveClass("o_atencion_unit_dimmed");
    await contains(overdue).click();
    expect(overdue).toHaveAttribute("aria-pressed", "false");
    expect(".o_atencion_unit_dimmed").toHaveCount(0);
});

test("one block of many is chosen", async () => {
    await mountGrid();
    expect(queryAllTexts(".o_atencion_grid_choice option")).toEqual([
        "All the project",
        "Tower A (open cases: 3)",
        "Common area (open cases: 1)",
    ]);
    await contains(".o_atencion_grid_choice").select("common");
    expect("[role=grid]").toHaveCount(1);
    expect("[role=grid]").toHaveAttribute("aria-label", "Common area");
    expect(queryAllTexts(".o_atencion_grid_legend")).toEqual(["Overdue1"]);
});

test("a project without units offers to import or to create them", async () => {
    blocks = [];
    await mountGrid();
    expect(".o_atencion_unit").toHaveCount(0);
    await contains(".o_atencion_grid_empty .btn-primary").click();
    await contains(".o_atencion_grid_empty .btn-secondary").click();
    expect.verifySteps([
        { action: "import", additionalContext: undefined, viewType: undefined },
        {
            action: "atencion_cliente.atencion_unit_action",
            additionalContext: { default_project_id: 1 },
            viewType: "form",
        },
    ]);
});

test("who may not create units is only told that there are none", async () => {
    blocks = [];
    mayCreate = false;
    await mountGrid();
    expect(".o_atencion_grid_empty").toHaveText(/no units yet/);
    expect(".o_atencion_grid_empty .btn").toHaveCount(0);
});

test("the grid is loaded again with its form, and not while somebody types", async () => {
    await mountGrid();
    await contains(".o_field_widget[name=name] input").edit("Gardens II");
    await animationFrame();
    expect.verifySteps([]);
    blocks = [COMMON];
    await contains(".o_form_button_save").click();
    await animationFrame();
    expect.verifySteps(["grid of 1"]);
    expect("[role=grid]").toHaveCount(1);
    expect("[role=grid]").toHaveAttribute("aria-label", "Common area");
});
