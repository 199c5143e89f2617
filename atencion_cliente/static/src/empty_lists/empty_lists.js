import { rpcBus } from "@web/core/network/rpc";
import { UPDATE_METHODS } from "@web/core/orm_service";

// What the texts of empty lists depend on.
const MODELS = [
    "atencion.area",
    "atencion.case",
    "atencion.case.type",
    "atencion.getting.started",
    "atencion.starter",
    "res.config.settings",
];
const METHODS = [
    ...UPDATE_METHODS,
    "name_create",
    "action_close",
    "action_load",
    "action_load_example",
    "action_propose",
    "action_unload",
    "action_unload_example",
];

// Odoo keeps what an action said of its empty list: asked again, the server says what is missing
// now.
rpcBus.addEventListener("RPC:RESPONSE", ({ detail }) => {
    const { model, method } = detail.data.params;
    if (MODELS.includes(model) && METHODS.includes(method)) {
        rpcBus.trigger("CLEAR-CACHES", "/web/action/load");
    }
});
