from markupsafe import Markup

from odoo import api, models

# Without these there is nothing to choose in a case: the model, and the action that lists it.
NEEDED = (
    ("atencion.area", "atencion_cliente.atencion_area_action"),
    ("atencion.case.type", "atencion_cliente.atencion_case_type_action"),
)


class AtencionCase(models.Model):
    """The empty list of cases says what is missing before the first one can be registered."""

    _inherit = "atencion.case"

    @api.model
    def get_empty_list_help(self, help_message):
        missing = [action for model, action in NEEDED if not self.env[model]._company_has_any()]
        if not help_message or not missing:
            return super().get_empty_list_help(help_message)
        title = self.env._("First: who solves cases, and of which types they are")
        if self.env.user.has_group("atencion_cliente.group_manager"):
            text = self.env._(
                "Load an example with areas, types and lists, and change it to your needs; or "
                "define your own."
            )
            links = [self._example_link(), *self._action_links(missing)]
        else:
            text, links = self._whom_to_ask(), []
        return Markup('<p class="o_view_nocontent_smiling_face">%s</p><p>%s</p><p>%s</p>') % (
            title,
            text,
            Markup(" · ").join(links),
        )

    @api.model
    def _whom_to_ask(self):
        names = self.env["atencion.starter"]._administrator_names()
        if not names:
            return self.env._("An administrator of Customer Care defines areas and types.")
        return self.env._(
            "Administrators of Customer Care define areas and types. Ask %s.", ", ".join(names)
        )
