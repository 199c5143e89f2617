from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

# Between a project and a block or unit of it, and between a block and one inside it.
SEPARATOR = " / "


class AtencionReference(models.AbstractModel):
    """Records that files refer to by name, exactly: no record is guessed.

    The name of a block or unit may follow the code or name of its project: “PROJECT / 101”.
    """

    _name = "atencion.reference"
    _description = "Records that imports name"

    # Fields that a name is compared with: a match in an earlier one goes before others.
    _naming_fields = ("name",)

    @api.model
    def _find_named(self, names):
        """The records that each name may mean; if it is more than one, the row is refused.

        :param names: the names, stripped
        :rtype: dict[str, models.Model]
        """
        in_project = "project_id" in self._fields
        wanted = set(names)
        if in_project:
            wanted.update(name.partition(SEPARATOR)[2] for name in names)
        domain = Domain.OR(Domain(field, "in", list(wanted)) for field in self._naming_fields)
        columns = [*self._naming_fields, *(["project_id"] if in_project else [])]
        index = defaultdict(self.browse)
        for record in self.search_fetch(domain, columns):
            for field in self._naming_fields:
                index[field, record[field]] |= record
                for project in record._project_names() if in_project else ():
                    index[field, project + SEPARATOR + (record[field] or "")] |= record
        return {name: self._first_named(name, index) for name in names}

    @api.model
    def _first_named(self, name, index):
        found = (index[field, name] for field in self._naming_fields if (field, name) in index)
        return next(found, self.browse())

    def _project_names(self):
        """The code and the name of the project of the record."""
        return {name for name in (self.project_id.code, self.project_id.name) if name}

    def _reference(self):
        """The name that refers to this record and to no other."""
        self.ensure_one()
        name = next(filter(None, (self[field] for field in self._naming_fields)))
        if "project_id" not in self._fields or not self.project_id:
            return name
        return (self.project_id.code or self.project_id.name) + SEPARATOR + name

    def _candidates(self):
        """What tells these records apart, in a message that asks which one is meant.

        :rtype: list[str]
        """
        return [record._reference() for record in self]
