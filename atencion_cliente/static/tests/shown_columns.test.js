import { describe, expect, test } from "@odoo/hoot";
import { parseXML } from "@web/core/utils/xml";
import { ListArchParser } from "@web/views/list/list_arch_parser";
import { getShownFields } from "@atencion_cliente/case_list/shown_columns";

describe.current.tags("desktop");

const MODEL = "atencion.call";
const FIELDS = {
    phone: { name: "phone", type: "char", string: "Phone" },
    note: { name: "note", type: "char", string: "Note" },
};

function readFields(inside) {
    const arch = parseXML(`<list>${inside}</list>`);
    const archInfo = new ListArchParser().parse(arch, { [MODEL]: { fields: FIELDS } }, MODEL);
    const shown = getShownFields({ arch, archInfo, fields: FIELDS, resModel: MODEL, viewId: 1 });
    return Object.keys(shown);
}

test("a hidden column is not read, unless a condition names it", () => {
    const hidden = `<field name="note" optional="hide"/>`;
    expect(readFields(`<field name="phone"/>${hidden}`)).toEqual(["phone"]);
    const condition = `<field name="phone" decoration-bf="note"/>`;
    expect(readFields(`${condition}${hidden}`)).toEqual(["phone", "note"]);
});

test("a field that a view has twice is read as long as one of them is shown", () => {
    const hidden = `<field name="phone" optional="hide"/>`;
    expect(readFields(`<field name="phone"/>${hidden}`)).toEqual(["phone"]);
    expect(readFields(`${hidden}<field name="phone" optional="show"/>`)).toEqual(["phone"]);
});
