from odoo import api, fields, models

from ...tools.field_value import is_id
from ..base.public_method import DICT, public

# What a case is about, the nearest to it first.
ORIGINS = ("unit_id", "block_id", "project_id", "contract_id")


class AtencionCaseRelatedFiles(models.Model):
    """Files of what a case is about: its unit, blocks, project, contract, handover."""

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
        """The files of what a case, saved or not, is about, by where they come from.

        Only files and records that the user may read.

        :param dict values: ids by name: ``unit_id``, ``block_id``, ``project_id``,
            ``contract_id``; any may be missing
        :return: a list of ``{"origin": str, "files": [dict]}``, files the newest first,
            their ``create_date`` in UTC and ``file_size`` in bytes
        """
        self.check_access("read")
        ids = {name: (values or {}).get(name) for name in ORIGINS}
        origins = self._related_file_origins({name: id_ for name, id_ in ids.items() if is_id(id_)})
        by_origin = {}
        for file in self._files_of(origins):
            by_origin.setdefault(self._origin_of(file), []).append(file)
        order = {(record._name, record.id): place for place, record in enumerate(origins)}
        return [
            {"origin": label, "files": [self._as_listed(file) for file in files]}
            for (label, _key), files in sorted(
                by_origin.items(), key=lambda item: order[item[0][1]]
            )
        ]

    @api.model
    def _related_file_origins(self, values):
        """The records whose files concern a case, each of which the user may read.

        :param dict values: ids by the names of ``ORIGINS``
        :return: a list of single records
        """
        found = []
        for name in ORIGINS:
            comodel = self.env[self._fields[name].comodel_name]
            record = comodel.browse(values.get(name) or ()).exists()
            found.append(record._filtered_access("read"))
        unit, block, project, contract = found
        block |= unit.block_id
        outer = block.search([("id", "parent_of", block.ids)]) if block else block
        project |= unit.project_id | contract.project_id
        return [record for records in (unit, outer, project, contract) for record in records]

    @api.model
    def _files_of(self, origins):
        """Files of records, those that the user may read, the newest first."""
        Attachment = self.env["ir.attachment"]
        if not origins:
            return Attachment
        domains = [
            fields.Domain("res_model", "=", record._name) & fields.Domain("res_id", "=", record.id)
            for record in origins
        ]
        return Attachment.search(fields.Domain.OR(domains), order="id desc")

    @api.model
    def _origin_of(self, file):
        """How to name where a file comes from, and the key of the record it is on."""
        record = self.env[file.res_model].browse(file.res_id)
        kind = self.env["ir.model"]._get(file.res_model).name
        if record._name == "atencion.contract" and file in record.handover_attachment_ids:
            kind = self.env._("Handover")
        return f"{kind} · {record.display_name}", (record._name, record.id)

    @api.model
    def _as_listed(self, file):
        return {
            "id": file.id,
            "name": file.name,
            "mimetype": file.mimetype,
            "checksum": file.checksum,
            "file_size": file.file_size,
            "create_date": fields.Datetime.to_string(file.create_date),
        }
