import { patch } from "@web/core/utils/patch";
import { PhoneField } from "@web/views/fields/phone/phone_field";

const NUMBER = /\+?\d[\d\s().*-]*/;

/** A telephone dials the first number of a text, without its extension or the words beside it. */
patch(PhoneField.prototype, {
    get phoneHref() {
        const { name, record } = this.props;
        const isOurs = record.resModel.startsWith("atencion.") || record.resModel === "res.partner";
        const typed = isOurs && record.data[name].match(NUMBER);
        return typed ? `tel:${typed[0].replace(/[^\d+]/g, "")}` : super.phoneHref;
    },
});
