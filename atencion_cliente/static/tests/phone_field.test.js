import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { describe, expect, test } from "@odoo/hoot";
import { queryAllAttributes } from "@odoo/hoot-dom";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Call extends models.Model {
    _name = "atencion.call";
    phone = fields.Char();
    _records = [
        { id: 1, phone: "+5114457890 anexo 123" },
        { id: 2, phone: "Rosa: +51 987 654 321 / 01 4445566" },
        { id: 3, phone: "(01) 444-5566" },
    ];
}

class Other extends models.Model {
    _name = "other";
    phone = fields.Char();
    _records = [{ id: 1, phone: "+5114457890 anexo 123" }];
}

defineMailModels();
defineModels([Call, Other]);

const LIST = `<list><field name="phone" widget="phone"/></list>`;

test("the first number is dialled, without extension and words", async () => {
    await mountView({ type: "list", resModel: "atencion.call", arch: LIST });
    expect(queryAllAttributes(".o_field_phone a", "href")).toEqual([
        "tel:+5114457890",
        "tel:+51987654321",
        "tel:014445566",
    ]);
});

test("telephones of other models are dialled as Odoo dials them", async () => {
    await mountView({ type: "list", resModel: "other", arch: LIST });
    expect(queryAllAttributes(".o_field_phone a", "href")).toEqual(["tel:+5114457890anexo123"]);
});
