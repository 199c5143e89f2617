import { browser } from "@web/core/browser/browser";
import { extractFieldsFromArchInfo } from "@web/model/relational_model/utils";

/**
 * Odoo asks the server for the optional columns of a list that nobody sees, too. A list of cases
 * has more of those than of others, and they are a third of what opening it takes.
 *
 * @typedef {Object} Shown
 * @property {Object} activeFields the fields that a list has to read, as Odoo's models take them
 * @property {string} key the one under which Odoo keeps what columns a user chose
 */

/** Whether a column asks for the width that the window has: `options="{'atencion_from': 1600}"`. */
export function isWideEnough({ options }) {
    return options?.atencion_from <= browser.innerWidth;
}

/** Whether an optional column is shown, by what the user chose before they chose by the view. */
function isShown(column, chosen) {
    if (chosen !== null) {
        return chosen.split(",").includes(column.name);
    }
    return column.optional === "show" || isWideEnough(column);
}

/** The names that conditions and contexts of a view may need, without the fields themselves. */
function writtenNames(arch) {
    const written = new Set();
    for (const node of [arch, ...arch.querySelectorAll("*")]) {
        for (const { name, value } of node.attributes) {
            if (name !== "name" && name !== "field_id") {
                value.match(/\w+/g)?.forEach((word) => written.add(word));
            }
        }
    }
    return written;
}

/** The key of `ListRenderer.createViewKey`, which names all fields of the view. */
export function getColumnsKey({ archInfo, fields, resModel, viewId }) {
    const { activeFields } = extractFieldsFromArchInfo(archInfo, { ...fields });
    const names = Object.keys(activeFields).sort((left, right) => (left < right ? -1 : 1));
    return [resModel, "list", viewId, ...names].join(",");
}

/**
 * The fields that a list reads: those of its shown columns, and what its conditions name.
 *
 * @returns {Object} as Odoo's models take them
 */
export function getShownFields({ arch, archInfo, fields, resModel, viewId }) {
    const key = getColumnsKey({ archInfo, fields, resModel, viewId });
    const chosen = browser.localStorage.getItem(`optional_fields,${key}`);
    const isHidden = (column) => column.optional && !isShown(column, chosen);
    const needed = writtenNames(arch);
    // A view may have a field twice, once without a choice.
    for (const { name } of archInfo.columns.filter((column) => !isHidden(column))) {
        needed.add(name);
    }
    const hidden = new Set(
        archInfo.columns
            .filter(isHidden)
            .map(({ name }) => name)
            .filter((name) => !needed.has(name))
    );
    const fieldNodes = Object.fromEntries(
        Object.entries(archInfo.fieldNodes).filter(([, { name }]) => !hidden.has(name))
    );
    return extractFieldsFromArchInfo({ ...archInfo, fieldNodes }, { ...fields }).activeFields;
}
