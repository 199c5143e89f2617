import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Many2One } from "@web/views/fields/many2one/many2one";
import { Many2OneField, buildM2OFieldDescription } from "@web/views/fields/many2one/many2one_field";
import { Many2XAutocomplete } from "@web/views/fields/relational_utils";
import { useWhileOpen } from "../while_open";

/** Says whom to ask for a new record, to who may not create it. */
class SettingAutocomplete extends Many2XAutocomplete {
    setup() {
        super.setup();
        this.whileOpen = useWhileOpen();
    }

    async suggest(request, lock) {
        const suggestions = await super.suggest(request, lock);
        const nothing = suggestions.find(({ data }) => data?.slotName === "noRecordsItem");
        if (nothing) {
            nothing.label = await lock(this.advice());
        }
        return suggestions;
    }

    async advice() {
        const names = await this.whileOpen(this.orm.call("atencion.starter", "whom_to_ask", []));
        return names.length
            ? _t("Not there. Ask %s to add it.", names.join(", "))
            : _t("Not there. Ask an administrator of Customer Care to add it.");
    }
}

class SettingMany2One extends Many2One {
    static components = { ...Many2One.components, Many2XAutocomplete: SettingAutocomplete };
}

/** A link to configuration, which administrators create from the field. */
export class SettingField extends Many2OneField {
    static components = { ...Many2OneField.components, Many2One: SettingMany2One };
}

registry.category("fields").add("atencion_setting", buildM2OFieldDescription(SettingField));
