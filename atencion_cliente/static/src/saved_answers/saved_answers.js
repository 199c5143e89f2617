import { NavigableList } from "@mail/core/common/navigable_list";
import { Plugin } from "@html_editor/plugin";
import { HtmlComposerMessageField } from "@mail/views/web/fields/html_composer_message_field/html_composer_message_field";
import { Component, useEffect, useState } from "@odoo/owl";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { useWhileOpen } from "../while_open";

/** The saved answers whose shortcut or text has a word, to choose one. */
export class SavedAnswers extends Component {
    static template = "atencion_cliente.SavedAnswers";
    static components = { NavigableList };
    static props = { onSelect: Function, close: Function };

    setup() {
        this.state = useState({ term: "", answers: [], isLoading: true });
        this.suggestionService = useService("mail.suggestion");
        this.whileOpen = useWhileOpen();
        this.ref = useAutofocus({ mobile: true });
        useEffect(
            (term) => {
                this.search(term);
            },
            () => [this.state.term]
        );
    }

    async search(term) {
        const asked = { delimiter: "::", term };
        await this.whileOpen(this.suggestionService.fetchSuggestions(asked));
        if (term === this.state.term) {
            this.state.answers = this.suggestionService.searchSuggestions(asked).suggestions;
            this.state.isLoading = false;
        }
    }

    get list() {
        return {
            anchorRef: this.ref.el,
            position: "bottom-fit",
            isLoading: this.state.isLoading,
            onSelect: (ev, option) => {
                this.props.onSelect(option.answer);
                this.props.close();
            },
            options: this.state.answers.map((answer) => ({
                label: `${answer.source}: ${answer.substitution}`,
                answer,
            })),
        };
    }

    onKeydown(ev) {
        if (ev.key === "Escape") {
            ev.stopPropagation();
            this.props.close();
        }
    }
}

/** In the composer of a case, "::" offers the saved answers, as in the conversation below. */
export class SavedAnswersPlugin extends Plugin {
    static id = "atencionSavedAnswers";
    static dependencies = ["overlay", "dom", "history", "input", "selection"];

    resources = {
        beforeinput_handlers: this.onBeforeInput.bind(this),
    };

    setup() {
        this.answers = this.dependencies.overlay.createOverlay(SavedAnswers, {
            hasAutofocus: true,
            className: "popover",
        });
    }

    onBeforeInput(ev) {
        if (ev.data !== ":") {
            return;
        }
        const { anchorNode, anchorOffset } = this.dependencies.selection.getEditableSelection();
        const before = anchorNode.nodeType === Node.TEXT_NODE ? anchorNode.textContent : "";
        if (this.restore && before.slice(0, anchorOffset).endsWith(":")) {
            this.answers.open({
                props: { onSelect: this.onSelect.bind(this), close: () => this.answers.close() },
            });
        } else {
            // Before the first colon: both go when an answer takes their place.
            this.restore = this.dependencies.history.makeSavePoint();
        }
    }

    onSelect(answer) {
        this.dependencies.selection.focusEditable();
        this.restore();
        const content = this.document.createDocumentFragment();
        answer.substitution.split("\n").forEach((line, place) => {
            if (place) {
                content.append(this.document.createElement("br"));
            }
            content.append(line);
        });
        this.dependencies.dom.insert(content);
        this.dependencies.history.addStep();
    }
}

patch(HtmlComposerMessageField.prototype, {
    getConfig() {
        const config = super.getConfig(...arguments);
        const { resModel, data } = this.props.record;
        if (resModel === "mail.compose.message" && data.model === "atencion.case") {
            config.Plugins = [...config.Plugins, SavedAnswersPlugin];
        }
        return config;
    },
});
