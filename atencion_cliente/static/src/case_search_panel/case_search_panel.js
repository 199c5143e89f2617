import { SearchPanel } from "@web/search/search_panel/search_panel";

/** Folded until the user unfolds it, which Odoo remembers: the columns need the room. */
export class CaseSearchPanel extends SearchPanel {
    importState(state) {
        this.state.sidebarExpanded = false;
        super.importState(state);
    }
}
