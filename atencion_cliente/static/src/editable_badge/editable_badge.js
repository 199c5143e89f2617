import { registry } from "@web/core/registry";
import { BadgeField, badgeField } from "@web/views/fields/badge/badge_field";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";

import { Component } from "@odoo/owl";

/** A badge in a read-only field, and a selection in an editable one. */
export class EditableBadgeField extends Component {
    static template = "atencion_cliente.EditableBadgeField";
    static components = { BadgeField, SelectionField };
    static props = { ...SelectionField.props, decorations: { type: Object, optional: true } };

    get badgeProps() {
        const { id, name, readonly, record, decorations } = this.props;
        return { id, name, readonly, record, decorations };
    }

    get selectionProps() {
        const props = { ...this.props };
        delete props.decorations;
        return props;
    }
}

registry.category("fields").add("atencion_editable_badge", {
    ...selectionField,
    component: EditableBadgeField,
    supportedTypes: ["selection"],
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...selectionField.extractProps(fieldInfo, dynamicInfo),
        decorations: badgeField.extractProps(fieldInfo).decorations,
    }),
});
