from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.http import DEFAULT_MAX_CONTENT_LENGTH
from odoo.tools import human_size


class AtencionAttachedFiles(models.AbstractModel):
    """Files of a record: who reads the record reads them, and nobody else.

    Odoo leaves a file that was uploaded for a new record with its uploader. Once the
    record is there the file is the record's. Odoo's limit of an upload holds on every way
    in which a file gets there.
    """

    _name = "atencion.attached.files"
    _description = "Files of a record"

    _file_fields = ("attachment_ids",)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._take_in_files({})
        return records

    def write(self, vals):
        attaches = not vals.keys().isdisjoint(self._file_fields)
        before = {record.id: record._own_files() for record in self} if attaches else {}
        result = super().write(vals)
        if attaches:
            self._take_in_files(before)
        return result

    def _own_files(self):
        self.ensure_one()
        files = self.env["ir.attachment"]
        return files.union(*(self[name] for name in self._file_fields))

    def _take_in_files(self, before):
        """Make the loose files that the records got theirs.

        :param dict before: the files that they had, by id of the record
        :raise ValidationError: a file is larger than the limit
        """
        for record in self:
            files = record._own_files()
            new = files - before.get(record.id, files.browse())
            record._refuse_large_files(new)
            loose = new.filtered(lambda file: not file.res_id)
            loose.write({"res_model": self._name, "res_id": record.id, "public": False})

    def _refuse_large_files(self, files):
        """Refuse what is larger than Odoo's own upload takes.

        :raise ValidationError: names the file, its size and the limit
        """
        limit = self._file_limit()
        for file in files:
            if file.file_size > limit:
                raise ValidationError(
                    self.env._(
                        "%(record)s: the file “%(file)s” has %(size)s, and the limit is "
                        "%(limit)s. Attach a smaller one, or send it in parts.",
                        record=self.display_name,
                        file=file.name,
                        size=human_size(file.file_size),
                        limit=human_size(limit),
                    )
                )

    def _file_limit(self):
        """How large a file may be, as Odoo's own upload reads it.

        :return: bytes
        :rtype: int
        """
        # Users have no rights on parameters, and every one is told of this one.
        parameters = self.env["ir.config_parameter"].sudo()
        value = parameters.get_param("web.max_file_upload_size") or ""
        return int(value) if value.isdigit() else DEFAULT_MAX_CONTENT_LENGTH
