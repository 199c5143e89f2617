import { ImportAction } from "@base_import/import_action/import_action";
import { ImportDataContent } from "@base_import/import_data_content/import_data_content";
import { BaseImportModel } from "@base_import/import_model";
import { patch } from "@web/core/utils/patch";

const SIGNS = ["float_thousand_separator", "float_decimal_separator"];
const ORDERS = ["date_format", "datetime_format"];
const READ_TYPES = ["date", "datetime", "float", "monetary"];

/**
 * The import screen shows how it reads the first date and the first number of the file that may
 * mean two things, before anything is created. Only the answers about our own models have
 * `atencion_reading`: the screen of any other model stays as it is.
 */
patch(BaseImportModel.prototype, {
    async updateData(fileChanged = false) {
        if (fileChanged && this.isAtencion) {
            // Odoo would read this file by what was guessed or chosen for the one before it.
            for (const [name, option] of Object.entries(this._getCSVFormattingOptions())) {
                this.importOptionsValues[name].value = option.value;
            }
            delete this.importOptionsValues.atencion_signs_chosen;
        }
        const result = await super.updateData(...arguments);
        this._showReading(result.res);
        return result;
    },

    async setOption(optionName, value, fieldName) {
        const result = await super.setOption(...arguments);
        if (this.isAtencion && !fieldName && [...SIGNS, ...ORDERS].includes(optionName)) {
            await this.chooseReading({ [optionName]: value });
        }
        return result;
    },

    /**
     * @param {Object} options how to read dates or numbers, by the names of the screen's options
     */
    async chooseReading(options) {
        for (const [name, value] of Object.entries(options)) {
            this.importOptionsValues[name].value = value;
            if (SIGNS.includes(name)) {
                this.importOptionsValues.atencion_signs_chosen = { value: true };
            }
        }
        await this.readAgain();
    },

    /** Show the examples of the columns as they are mapped now; the mapping stays. */
    async readAgain() {
        const fields = this.columns.map((column) => column.fieldInfo?.fieldPath || "");
        const options = { ...this.formattedImportOptions, keep_matches: true, fields };
        // The model, which outlives a closed screen, may read it whenever it comes.
        const reading = this.orm.call("base_import.import", "parse_preview", [this.id, options]);
        this._showReading(await reading);
    },

    _showReading(res) {
        this.atencionReading = res.atencion_reading;
        this.isAtencion = this.isAtencion || Boolean(res.atencion_reading);
    },
});

patch(ImportAction.prototype, {
    onFieldChanged(column, fieldInfo) {
        const types = [column.fieldInfo?.type, fieldInfo?.type];
        super.onFieldChanged(...arguments);
        if (this.model.isAtencion && types.some((type) => READ_TYPES.includes(type))) {
            this.model.readAgain();
        }
    },

    async onReadingChosen(options) {
        this.model.block();
        try {
            await this.model.chooseReading(options);
            // What was tested was read otherwise.
            this.state.isTested = false;
        } finally {
            this.model.unblock();
        }
    },
});

ImportDataContent.props = {
    ...ImportDataContent.props,
    atencionReading: { type: Array, optional: true },
    onReadingChosen: { type: Function, optional: true },
};
