from odoo import models
from odoo.exceptions import ValidationError

from ..atencion_case import AtencionCase
from ..imports.atencion_refused_rows import import_run

# What a case is about: the nearest first.
_PROPERTY = ("contract_id", "unit_id", "block_id", "project_id")
# They follow from the contract and the unit.
_AROUND = frozenset({"block_id", "project_id"})


class AtencionCaseArchivedProperty(models.Model):
    """An open case is not about archived property: nobody would find the case by it.

    Property with open cases is not archived (``atencion.open.cases``). Here are the other ways:
    a new case, another link, a case that is restored or reopened. A closed case may be about
    archived property, and files of former cases are taken as they are.
    """

    _inherit = "atencion.case"
    _live_links = AtencionCase._live_links | set(_PROPERTY)

    def _refuse_archived_links(self, names):
        about = set(names).intersection(_PROPERTY)
        if about and not import_run(self.env):
            for case in self.filtered(lambda case: not case.closed_at):
                case._refuse_archived_property(about | _AROUND)
        return super()._refuse_archived_links(set(names) - about)

    def _refuse_archived_property(self, names):
        archived = self._archived_property(names)
        if archived:
            raise ValidationError(
                self.env._(
                    "%(case)s: what it is about is archived: %(property)s. Restore it, ask a "
                    "supervisor to do so, or choose another.",
                    case=self.display_name,
                    property=", ".join(archived),
                )
            )

    def _archived_property(self, names=_PROPERTY):
        """The archived property that the case is about, in words.

        :param names: of the fields to look at
        :rtype: list[str]
        """
        self.ensure_one()
        # sudo: whether property is archived is no secret to whoever reads the case.
        case = self.sudo()
        return [
            f"{self._fields[name]._description_string(self.env)} “{case[name].display_name}”"
            for name in _PROPERTY
            if name in names and case[name] and not case[name].active
        ]
