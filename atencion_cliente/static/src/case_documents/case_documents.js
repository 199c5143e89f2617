import { registry } from "@web/core/registry";
import { useOpenX2ManyRecord, useX2ManyCrud } from "@web/views/fields/relational_utils";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";
import { useWhileOpen } from "../while_open";

/**
 * The required documents of a case. On a telephone a card opens in a dialog, and what is
 * saved there is stored at once, with the case; a case that is being registered is stored
 * when it is complete.
 */
export class CaseDocumentsField extends X2ManyField {
    setup() {
        super.setup();
        this.whileOpen = useWhileOpen();
        const { saveRecord, updateRecord } = useX2ManyCrud(() => this.list, this.isMany2Many);
        const openRecord = useOpenX2ManyRecord({
            resModel: this.list.resModel,
            activeField: this.activeField,
            activeActions: this.activeActions,
            getList: () => this.list,
            saveRecord: (record) => this.storeAfter(saveRecord(record)),
            updateRecord: (record) => this.storeAfter(updateRecord(record)),
            isMany2Many: this.isMany2Many,
        });
        this._openRecord = (params) => openRecord({ ...params, controls: this.controls });
    }

    async storeAfter(change) {
        await this.whileOpen(change);
        const { record } = this.props;
        if (!record.isNew) {
            await this.whileOpen(record.save());
        }
    }
}

registry.category("fields").add("atencion_case_documents", {
    ...x2ManyField,
    component: CaseDocumentsField,
    additionalClasses: [...(x2ManyField.additionalClasses || []), "o_field_one2many"],
});
