import { useComponent, useExternalListener } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { SIZES } from "@web/core/ui/ui_service";

// Odoo waits for 1400 px. Most desks of agents have 1280 or 1366.
const WIDE = "(min-width: 1280px)";

/**
 * Whether the log of the case has room beside its sheet. The component is rendered again
 * when that changes. In dialogs it is never there.
 *
 * @returns {() => boolean}
 */
export function useLogBeside() {
    const component = useComponent();
    const wide = browser.matchMedia(WIDE);
    useExternalListener(wide, "change", () => component.render());
    return () => wide.matches && !component.env.inDialog;
}

/**
 * The service that tells the size of the window, for one component that is laid out as on
 * the widest screens while `isWide`. The service of all others is untouched.
 *
 * @param {Object} ui
 * @param {() => boolean} isWide
 */
export function widened(ui, isWide) {
    return Object.create(ui, { size: { get: () => (isWide() ? SIZES.XXL : ui.size) } });
}
