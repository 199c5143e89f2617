import { SearchPanel } from "@web/search/search_panel/search_panel";

/** A search panel that is folded at first, to leave room for columns. Odoo keeps the choice. */
export class CaseSearchPanel extends SearchPanel {
    importState(state) {
        this.state.sidebarExpanded = false;
        super.importState(state);
    }
}
