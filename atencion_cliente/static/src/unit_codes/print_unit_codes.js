import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";

/** Download the sheets with the QR codes of the units that are chosen in a list, or open. */
export async function printUnitCodes(env, { params }) {
    await download({
        url: "/atencion_cliente/unit_codes.pdf",
        data: { ids: JSON.stringify(params.ids) },
    });
}

registry.category("actions").add("atencion_print_unit_codes", printUnitCodes);
