import { registry } from "@web/core/registry";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";

/** The colors of the alert: red is late and green on time, as on cards and in panels. */
export const ALERT_COLORS = {
    overdue: "#C03A37",
    due_today: "#F0AD4E",
    on_time: "#66B88D",
    attended_late: "#D9822B",
    attended_on_time: "#4A7BA6",
    attended: "#8C8C8C",
    none: "#BDBDBD",
};

/** Odoo gives colors by place: what is on time would be red one day, and blue the next. */
export class CaseGraphRenderer extends GraphRenderer {
    /** The colors by the labels of what is colored; none if that is not the alert alone. */
    get alertColors() {
        const { fields, groupBy, mode } = this.model.metaData;
        const names = groupBy.slice(mode === "pie" ? 0 : 1).map((group) => group.fieldName);
        if (String(names) !== "alert_state") {
            return {};
        }
        return Object.fromEntries(
            fields.alert_state.selection.map(([value, label]) => [label, ALERT_COLORS[value]])
        );
    }

    getBarChartData() {
        const data = super.getBarChartData();
        for (const dataset of data.datasets) {
            dataset.backgroundColor = this.alertColors[dataset.label] || dataset.backgroundColor;
        }
        return data;
    }

    getLineChartData() {
        const data = super.getLineChartData();
        for (const dataset of data.datasets) {
            const color = this.alertColors[dataset.label];
            if (color) {
                const names = ["borderColor", "hoverBackgroundColor", "pointBackgroundColor"];
                // What is below a line is paler than it.
                Object.assign(dataset, { backgroundColor: `${color}80` });
                names.forEach((name) => (dataset[name] = color));
            }
        }
        return data;
    }

    getPieChartData() {
        const data = super.getPieChartData();
        for (const dataset of data.datasets) {
            dataset.backgroundColor = dataset.backgroundColor.map(
                (color, index) => this.alertColors[data.labels[index]] || color
            );
            dataset.hoverBackgroundColor = dataset.backgroundColor;
        }
        return data;
    }

    /** Odoo names the colors of a pie by place, once more. */
    getLegendOptions() {
        const options = super.getLegendOptions();
        const { generateLabels } = options.labels;
        options.labels.generateLabels = (chart) =>
            generateLabels(chart).map((label) => {
                const fillStyle = this.alertColors[label.fullText] || label.fillStyle;
                return { ...label, fillStyle };
            });
        return options;
    }
}

export const caseGraphView = { ...graphView, Renderer: CaseGraphRenderer };

registry.category("views").add("atencion_case_graph", caseGraphView);
