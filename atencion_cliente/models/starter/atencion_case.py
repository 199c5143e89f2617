from markupsafe import Markup, escape

from odoo import api, models

# Without these there is nothing to choose in a case: the model, and the action that lists it.
NEEDED = (
    ("atencion.area", "atencion_cliente.atencion_area_action"),
    ("atencion.case.type", "atencion_cliente.atencion_case_type_action"),
)
GETTING_STARTED = Markup(
    '<a type="action" name="atencion_cliente.atencion_getting_started_action" '
    'class="btn btn-primary">%s</a>'
)
HELP = Markup('<p class="o_view_nocontent_smiling_face">%s</p><p>%s</p>')


class AtencionCase(models.Model):
    """The empty list of cases says what is missing before the first one can be registered."""

    _inherit = "atencion.case"

    @api.model
    def get_empty_list_help(self, help_message):
        missing = [action for model, action in NEEDED if not self.env[model]._company_has_any()]
        if not help_message or not missing:
            return super().get_empty_list_help(help_message and self._help_of_today(help_message))
        title = self.env._("First: who solves cases, and of which types they are")
        if self.env.user.has_group("atencion_cliente.group_manager"):
            text = self.env._(
                "Load an example with areas, types and lists, and change it to your needs; or "
                "define your own."
            )
            links = [
                *self._getting_started_links(),
                self._example_link(),
                *self._action_links(missing),
            ]
            lacks = self._incomplete_company_texts()
            text = escape(text) + Markup().join(Markup("<br/>%s") % lack for lack in lacks)
        else:
            text, links = self._whom_to_ask(), []
        return HELP % (title, text) + Markup("<p>%s</p>") % Markup(" · ").join(links)

    @api.model
    def _help_of_today(self, help_message):
        """What the action says of its empty list, unless that is not true of this user."""
        context = self.env.context
        if context.get("search_default_unassigned_mine") and not self.env.user.atencion_area_ids:
            title, text = self._no_area_texts()
        elif context.get("search_default_open") and self._company_has_any():
            title = self.env._("No case is found by these filters")
            text = self.env._("Remove a filter to see other cases, also closed ones.")
        else:
            return help_message
        return HELP % (title, text)

    @api.model
    def _no_area_texts(self):
        title = self.env._("You belong to no area")
        text = self.env._("The open cases of your areas that nobody has taken yet appear here.")
        if self.env.user.has_group("atencion_cliente.group_manager"):
            (link,) = self._action_links(["atencion_cliente.atencion_area_action"])
            how = Markup("%s %s") % (self.env._("Add yourself to the members of an area:"), link)
        else:
            how = self._whom_to_ask()
        return title, Markup("%s %s") % (text, how)

    @api.model
    def _empty_list_links(self):
        """Templates of imports belong to the list of all cases, not to those of one's own."""
        chosen = {key for key, value in self.env.context.items() if value}
        narrowed = {key for key in chosen if key.startswith("search_default_")}
        if narrowed - {"search_default_open"}:
            return []
        links = super()._empty_list_links()
        return links if self._company_has_any() else self._getting_started_links() + links

    @api.model
    def _getting_started_links(self):
        started = self.env["atencion.getting.started"]
        return [GETTING_STARTED % self.env._("Getting started")] if started._is_proposed() else []

    @api.model
    def _incomplete_company_texts(self):
        """What the company lacks for telephones to be understood and mails to be answered."""
        company = self.env.company
        texts = []
        if not company.country_id:
            texts.append(
                self.env._(
                    "The company has no country: by it, telephones and identity numbers are "
                    "understood."
                )
            )
        texts.append(company._missing_sender_text())
        return [text for text in texts if text]

    @api.model
    def _whom_to_ask(self):
        names = self.env["atencion.starter"]._administrator_names()
        if not names:
            return self.env._("An administrator of Customer Care defines areas and types.")
        return self.env._(
            "Administrators of Customer Care define areas and types. Ask %s.", ", ".join(names)
        )
