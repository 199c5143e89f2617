import json

from odoo import models
from odoo.tools.translate import code_translations

MODULE = "atencion_cliente_dashboard"


class SpreadsheetDashboard(models.Model):
    _inherit = "spreadsheet.dashboard"

    def _get_serialized_readonly_dashboard(self):
        """The panel; ours with filters and titles in the language of the user.

        Odoo translates them while it draws: neither in the search box, nor in what was shared.
        """
        serialized = super()._get_serialized_readonly_dashboard()
        if self._get_dashboard_translation_namespace() != MODULE:
            return serialized
        content = json.loads(serialized)
        self._translate_labels(content["snapshot"])
        return json.dumps(content)

    def _translate_labels(self, snapshot):
        """Translate the labels of filters and the titles of charts in place."""
        found = code_translations.get_web_translations(MODULE, self.env.lang or "en_US")
        terms = {message["id"]: message["string"] for message in found["messages"]}
        for one in snapshot.get("globalFilters", []):
            one["label"] = terms.get(one["label"], one["label"])
        for sheet in snapshot.get("sheets", []):
            for figure in sheet["figures"]:
                title = figure["data"].get("title") or {}
                if "text" in title:
                    title["text"] = terms.get(title["text"], title["text"])
