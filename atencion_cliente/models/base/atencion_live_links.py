from odoo import api, models
from odoo.exceptions import ValidationError


class AtencionLiveLinks(models.AbstractModel):
    """Refuses new links to archived configuration: what is archived is no destination.

    It holds for whoever writes, also for the system. A link that a record has already stays,
    so that the rest of the record can be changed; it is checked again when an archived record
    of configuration is restored.
    """

    _name = "atencion.live.links"
    _description = "Links to configuration that is not archived"

    # Names of the many2one fields that are checked.
    _live_links = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._refuse_archived_links(self._live_links)
        return records

    def write(self, vals):
        changed = {
            name: self.filtered(lambda record, name=name: record[name].id != vals[name])
            for name in self._live_links & vals.keys()
        }
        restored = self.browse()
        if vals.get("active"):
            restored = self.filtered(lambda record: not record.active)
        result = super().write(vals)
        for name, records in changed.items():
            records._refuse_archived_links([name])
        restored._refuse_archived_links(self._live_links)
        return result

    def _refuse_archived_links(self, names):
        """Refuse links to archived records.

        :param names: of the fields to check
        :raise ValidationError: names the field and the archived record
        """
        # sudo: whether a linked record is archived is no secret; links are checked elsewhere.
        for name in sorted(names):
            archived = self.sudo()[name].filtered(lambda target: not target.active)
            if archived:
                raise ValidationError(
                    self.env._(
                        "%(field)s: “%(name)s” is archived. Choose another, or ask an "
                        "administrator to restore it.",
                        field=self._fields[name]._description_string(self.env),
                        name=archived[0].display_name,
                    )
                )
