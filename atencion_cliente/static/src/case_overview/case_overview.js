import { Component, onMounted, onWillDestroy, onWillUpdateProps, useState } from "@odoo/owl";
import { rpcBus } from "@web/core/network/rpc";
import { UPDATE_METHODS } from "@web/core/orm_service";
import { useService } from "@web/core/utils/hooks";
import { formatInteger } from "@web/views/fields/formatters";
import { useWhileOpen } from "../while_open";

const MODEL = "atencion.case";

/**
 * The figures above the list of open cases: the own day and week, and a card for each area. A
 * click opens the cases that a figure counts.
 *
 * They are asked for once the list is shown, and again whenever it was read anew or a case of it
 * was changed.
 */
export class CaseOverview extends Component {
    static template = "atencion_cliente.CaseOverview";
    static props = { list: Object };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.whileOpen = useWhileOpen();
        this.state = useState({ overview: null });
        const onResponse = this.onResponse.bind(this);
        onMounted(() => {
            rpcBus.addEventListener("RPC:RESPONSE", onResponse);
            this.load();
        });
        onWillDestroy(() => rpcBus.removeEventListener("RPC:RESPONSE", onResponse));
        onWillUpdateProps(({ list }) => {
            if (list !== this.props.list) {
                this.load();
            }
        });
    }

    /** A case may have been changed in the list itself, which is not read anew then. */
    onResponse({ detail }) {
        const { model, method } = detail.data.params;
        if (model === MODEL && UPDATE_METHODS.includes(method)) {
            this.load();
        }
    }

    get overview() {
        return this.state.overview;
    }

    get hasOwn() {
        return Object.keys(this.overview.day).length > 0;
    }

    /** Whether there is anything to show: in a new database the list says how to begin. */
    get isOfUse() {
        const { areas, day, week } = this.overview;
        const own = [...Object.values(day), ...Object.values(week)];
        return areas.length > 0 || own.some((count) => count > 0);
    }

    async load() {
        // Of several requests at once, the last one counts.
        const request = (this.request = this.orm.silent.call(MODEL, "get_overview"));
        const overview = await this.whileOpen(request);
        if (request === this.request) {
            this.state.overview = overview;
        }
    }

    /** The figures as they are shown, in their order, without `open`, which is beside a name. */
    describeAll(counts, card) {
        return Object.entries(counts)
            .filter(([name]) => name !== "open")
            .map(([name, count]) => this.describe(name, count, card));
    }

    describe(name, count, card = {}) {
        const [label, help] = this.overview.texts[name];
        return {
            name,
            label,
            help,
            shown: formatInteger(count),
            isSome: count > 0,
            where: card.name,
            open: () => this.open(name, card.id),
        };
    }

    async open(name, areaId) {
        const request = this.orm.call(MODEL, "action_open_overview", [name, areaId || false]);
        await this.action.doAction(await this.whileOpen(request));
    }
}
