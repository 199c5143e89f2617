from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..base.public_method import ID, TEXT, public
from .atencion_case_overview import VISITS

LIST = "atencion_cliente.atencion_case_action"
OVERVIEW = "atencion_cliente.atencion_case_action_overview"


class AtencionCaseOverviewActions(models.Model):
    """Where the application opens, and what opens by a click on a figure."""

    _inherit = "atencion.case"

    @api.model
    def _start_action(self):
        """The action with which the application opens, as the user prefers."""
        xml_id = LIST if self.env.user.atencion_start == "list" else OVERVIEW
        return self.env["ir.actions.act_window"]._for_xml_id(xml_id)

    @public(figure=TEXT, area_id=ID)
    @api.model
    def action_open_overview(self, figure, area_id=False):
        """Open the list of the cases that a figure counts; the one of the visits, of events.

        :param str figure: its name, as in ``get_overview``
        :param int area_id: of the card; without it, the cases of all areas
        :raise UserError: there is no such figure
        :raise AccessError: the user is a customer, or may not read cases or the area
        """
        self._check_overview()
        label, _help = self._overview_texts().get(figure, (None, None))
        if not label:
            raise UserError(self.env._("There is no figure “%s”.", ascii(figure)[:60]))
        if figure == VISITS:
            return self._open_visits(label)
        domain = self._figure_domain(figure)
        if area_id:
            area = self.env["atencion.area"].browse(area_id)
            domain &= Domain("area_id", "=", area.id)
            label = f"{area.name}: {label}"
        action = self.env["ir.actions.act_window"]._for_xml_id(LIST)
        return action | _called(label) | {"domain": list(domain), "context": {}}

    @api.model
    def _open_visits(self, label):
        action = self.env["ir.actions.act_window"]._for_xml_id("calendar.action_calendar_event")
        return action | {
            **_called(label),
            "domain": [("id", "in", self._overview_visits().ids)],
            "views": [(False, "list"), (False, "calendar"), (False, "form")],
            "context": {},
        }


def _called(label):
    # The web client prefers the one to the other.
    return {"display_name": label, "name": label}
