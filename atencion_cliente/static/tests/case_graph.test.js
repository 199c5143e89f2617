import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { describe, expect, test } from "@odoo/hoot";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { getChart, selectMode } from "@web/../tests/views/graph/graph_test_helpers";

describe.current.tags("desktop");

const LATE = "rgb(192, 58, 55)";
const ON_TIME = "rgb(102, 184, 141)";

class Case extends models.Model {
    _name = "atencion.case";
    area = fields.Selection({
        selection: [
            ["a", "On time"],
            ["b", "Overdue"],
        ],
    });
    alert_state = fields.Selection({
        selection: [
            ["overdue", "Overdue"],
            ["on_time", "On time"],
        ],
    });
    _records = [
        { id: 1, area: "a", alert_state: "on_time" },
        { id: 2, area: "a", alert_state: "overdue" },
        { id: 3, area: "b", alert_state: "on_time" },
    ];
}

defineMailModels();
defineModels([Case]);

function mountGraph(...names) {
    const inside = names.map((name) => `<field name="${name}"/>`).join("");
    const arch = `<graph js_class="atencion_case_graph">${inside}</graph>`;
    return mountView({ type: "graph", resModel: "atencion.case", arch });
}

function rgb(color) {
    const parts = color.slice(1).match(/../g);
    return `rgb(${parts.map((part) => parseInt(part, 16)).join(", ")})`;
}

function legendOf(view) {
    const chart = getChart(view);
    const labels = chart.options.plugins.legend.labels.generateLabels(chart);
    return Object.fromEntries(labels.map((label) => [label.text, label.fillStyle]));
}

test("what is late is red and what is on time is green, whichever comes first", async () => {
    const view = await mountGraph("area", "alert_state");
    const colors = () =>
        Object.fromEntries(
            getChart(view)
                .data.datasets.filter((dataset) => dataset.label !== "Sum")
                .map((dataset) => [dataset.label, rgb(dataset.backgroundColor.slice(0, 7))])
        );
    expect(colors()).toEqual({ Overdue: LATE, "On time": ON_TIME });
    await selectMode("line");
    expect(colors()).toEqual({ Overdue: LATE, "On time": ON_TIME });
    expect(rgb(legendOf(view)["On time"])).toBe(ON_TIME);
});

test("slices of a pie have the colors of the alert, as its legend has", async () => {
    const view = await mountGraph("alert_state");
    await selectMode("pie");
    const { data } = getChart(view);
    const colors = data.datasets[0].backgroundColor.map(rgb);
    expect(colors[data.labels.indexOf("Overdue")]).toBe(LATE);
    expect(colors[data.labels.indexOf("On time")]).toBe(ON_TIME);
    expect(rgb(legendOf(view)["Overdue"])).toBe(LATE);
});

test("other groups have Odoo's colors, even those with the words of an alert", async () => {
    const view = await mountGraph("alert_state", "area");
    for (const { label, backgroundColor } of getChart(view).data.datasets) {
        expect([LATE, ON_TIME].includes(rgb(backgroundColor)) && label !== "Sum").toBe(false);
    }
});
