import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/**
 * Names for the buttons of Odoo's signature form that show only a symbol, by the words of our
 * dialog. The form draws them anew with each way of signing.
 */
export class SignatureNames extends Interaction {
    static selector = "#o_atencion_sign";

    setup() {
        this.names = {
            ".o_web_sign_auto_select_style button": this.el.dataset.fontName,
            ".o_web_sign_draw_clear a": this.el.dataset.clearName,
            ".o_web_sign_load_file button": this.el.dataset.loadName,
        };
    }

    start() {
        this.giveNames();
        const observer = new MutationObserver(() => this.giveNames());
        observer.observe(this.el, { childList: true, subtree: true });
        this.registerCleanup(() => observer.disconnect());
    }

    giveNames() {
        for (const [selector, name] of Object.entries(this.names)) {
            this.el.querySelector(selector)?.setAttribute("aria-label", name);
        }
    }
}

registry.category("public.interactions").add("atencion_cliente.signature_names", SignatureNames);
