from odoo import api, fields, models

from ...tools.field_value import is_id
from ..base.public_method import DICT, public

# Fields with the records whose files are related to a case, in the order of the list.
ORIGINS = ("unit_id", "block_id", "project_id", "contract_id")


class AtencionCaseRelatedFiles(models.Model):
    """The files of the unit, blocks, project, contract and handover of a case."""

    _inherit = "atencion.case"

    related_attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Related files",
        compute="_compute_related_attachment_ids",
        groups="base.group_user",
    )
    related_file_count = fields.Integer(
        compute="_compute_related_attachment_ids", groups="base.group_user"
    )

    @api.depends(*ORIGINS)
    def _compute_related_attachment_ids(self):
        for case in self:
            origins = self._related_file_origins({name: case[name].id for name in ORIGINS})
            case.related_attachment_ids = self._files_of(origins)
            case.related_file_count = len(case.related_attachment_ids)

    @api.model
    @api.readonly
    @public(values=DICT)
    def get_related_files(self, values):
        """The related files of a case, saved or not, grouped by the record they belong to.

        Only files and records that the user may read are included.

        :param dict values: ids by field name: ``unit_id``, ``block_id``, ``project_id``,
            ``contract_id``; any may be missing
        :return: a list of ``{"origin": str, "files": [dict]}``, with the newest files first,
            their ``create_date`` in UTC and ``file_size`` in bytes
        :raise AccessError: the user may not read cases
        """
        self.check_access("read")
        ids = {name: (values or {}).get(name) for name in ORIGINS}
        origins = self._related_file_origins({name: id_ for name, id_ in ids.items() if is_id(id_)})
        by_origin = {}
        for file in self._files_of(origins):
            by_origin.setdefault(self._file_origin(file), []).append(file)
        order = {(record._name, record.id): place for place, record in enumerate(origins)}
        return [
            {"origin": label, "files": [self._file_data(file) for file in files]}
            for (label, _key), files in sorted(
                by_origin.items(), key=lambda item: order[item[0][1]]
            )
        ]

    @api.model
    def _related_file_origins(self, values):
        """The records whose files are related to a case, and that the user may read.

        :param dict values: ids by the field names in ``ORIGINS``
        :return: a list of single records, in the order of their groups
        """
        found = []
        for name in ORIGINS:
            comodel = self.env[self._fields[name].comodel_name].with_context(active_test=False)
            record = comodel.browse()
            if values.get(name) and comodel.has_access("read"):
                # Whether it is there, whether it may be read, and its values at once.
                record = comodel.search_fetch([("id", "=", values[name])])
            found.append(record.with_env(self.env))
        unit, block, project, contract = found
        block |= unit.block_id
        outer = block.filtered("active")
        if block.parent_id:
            outer = block.search([("id", "parent_of", block.ids)])
        project |= unit.project_id | contract.project_id
        return [record for records in (unit, outer, project, contract) for record in records]

    @api.model
    def _files_of(self, origins):
        """The files of records that the user may read, the newest first."""
        Attachment = self.env["ir.attachment"]
        if not origins:
            return Attachment
        domains = [
            fields.Domain("res_model", "=", record._name) & fields.Domain("res_id", "=", record.id)
            for record in origins
        ]
        return Attachment.search(fields.Domain.OR(domains), order="id desc")

    @api.model
    def _file_origin(self, file):
        """The label of the record that a file belongs to, and its model name and id."""
        record = self.env[file.res_model].browse(file.res_id)
        title = self.env["ir.model"]._get(file.res_model).name
        if record._name == "atencion.contract" and file in record.handover_attachment_ids:
            title = self.env._("Handover")
        return f"{title} · {record.display_name}", (record._name, record.id)

    @api.model
    def _file_data(self, file):
        return {
            "id": file.id,
            "name": file.name,
            "mimetype": file.mimetype,
            "checksum": file.checksum,
            "file_size": file.file_size,
            "create_date": fields.Datetime.to_string(file.create_date),
        }
