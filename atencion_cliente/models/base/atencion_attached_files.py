from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.http import DEFAULT_MAX_CONTENT_LENGTH
from odoo.tools import human_size


class AtencionAttachedFiles(models.AbstractModel):
    """Files of a record, which the readers of the record can open, and nobody else.

    Odoo leaves a file that was uploaded in the form of a new record without a record: only
    its uploader can open it. Here it is attached to the record as soon as the record exists.
    Odoo's upload limit is checked for every file, also for files that arrive by RPC or import.
    """

    _name = "atencion.attached.files"
    _description = "Files of a record"

    _file_fields = ("attachment_ids",)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._attach_uploads({})
        return records

    def write(self, vals):
        attaches = not vals.keys().isdisjoint(self._file_fields)
        before = {record.id: record._own_files() for record in self} if attaches else {}
        result = super().write(vals)
        if attaches:
            self._attach_uploads(before)
        return result

    def _own_files(self):
        self.ensure_one()
        files = self.env["ir.attachment"]
        return files.union(*(self[name] for name in self._file_fields))

    def _attach_uploads(self, before):
        """Attach to the records those of their new files that belong to no record yet.

        :param dict before: the files of each record before the change, by id of the record
        :raise ValidationError: a new file is larger than the limit
        """
        for record in self:
            files = record._own_files()
            new = files - before.get(record.id, files.browse())
            record._refuse_large_files(new)
            loose = new.filtered(lambda file: not file.res_id)
            loose.write({"res_model": self._name, "res_id": record.id, "public": False})

    def _refuse_large_files(self, files):
        """Refuse files that are larger than Odoo's upload limit.

        :raise ValidationError: names the first such file, its size and the limit
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
        """Odoo's upload limit.

        :return: bytes
        :rtype: int
        """
        # sudo: users have no rights on parameters, but Odoo shows this limit to all of them.
        parameters = self.env["ir.config_parameter"].sudo()
        value = parameters.get_param("web.max_file_upload_size") or ""
        return int(value) if value.isdigit() else DEFAULT_MAX_CONTENT_LENGTH
