from markupsafe import Markup

from odoo import api, models

# Loads the example; ``models/starter/atencion_starter.py`` checks the user's rights.
LOAD_EXAMPLE = Markup(
    '<a type="action" data-model="atencion.starter" data-method="action_load" '
    'class="btn btn-secondary">%s</a>'
)
ACTION_LINK = Markup('<a type="action" name="%s" class="o_atencion_link">%s</a>')


class AtencionEmptyList(models.AbstractModel):
    """Adds links to what an empty list says: where the user goes on."""

    _name = "atencion.empty.list"
    _description = "What an empty list says"

    # XML ids of the actions to which the empty list links.
    _next_actions = ()
    # Whether the example brings such records: administrators are offered it if there are none.
    _in_example = False

    @api.model
    def get_empty_list_help(self, help_message):
        text = super().get_empty_list_help(help_message)
        links = self._empty_list_links() if help_message else []
        if not links:
            return text
        # Other addons give their texts as HTML in a plain string.
        return Markup(text) + Markup("<p>%s</p>") % Markup(" · ").join(links)

    @api.model
    def _empty_list_links(self):
        """Links that the user may follow.

        :rtype: list[Markup]
        """
        links = self._action_links(self._next_actions)
        if (
            self._in_example
            and self.env.user.has_group("atencion_cliente.group_manager")
            and not self.with_context(active_test=False)._company_has_any()
        ):
            links.append(self._example_link())
        return links

    @api.model
    def _company_has_any(self):
        """Whether the current company has such records: the user may see those of others."""
        of_company = [("company_id", "in", (self.env.company.id, False))]
        domain = of_company if "company_id" in self._fields else []
        return bool(self.search_count(domain, limit=1))

    @api.model
    def _action_links(self, xml_ids):
        # sudo: users may not read actions; they get links to models that they may read.
        actions = [(xml_id, self.env.ref(xml_id).sudo()) for xml_id in xml_ids]
        return [
            ACTION_LINK % (xml_id, action.name)
            for xml_id, action in actions
            if self.env[action.res_model].has_access("read")
        ]

    @api.model
    def _example_link(self):
        return LOAD_EXAMPLE % self.env._("Load example")
