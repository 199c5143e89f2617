from odoo import api, models


class AtencionAttachedFiles(models.AbstractModel):
    """Files of a record: who reads the record reads them, and nobody else.

    Odoo leaves a file that was uploaded for a new record with its uploader. Once the
    record is there the file is the record's.
    """

    _name = "atencion.attached.files"
    _description = "Files of a record"

    _file_fields = ("attachment_ids",)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._adopt_files()
        return records

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(self._file_fields):
            self._adopt_files()
        return result

    def _adopt_files(self):
        """Make the loose files of the records theirs."""
        for record in self:
            for name in self._file_fields:
                loose = record[name].filtered(lambda file: not file.res_id)
                loose.write({"res_model": self._name, "res_id": record.id})
