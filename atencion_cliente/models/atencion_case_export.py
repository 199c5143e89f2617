import io
import json
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import get_lang, html2plaintext
from odoo.tools.misc import babel_locale_parse, posix_to_ldml

from ..tools.workbook import MAX_ROWS, Column, excel_format, write_table

EXPORT_URL = "/atencion_cliente/cases.xlsx"
# Always in the export, after the visible columns.
ALWAYS = ("elapsed_days", "alert_label")
DEFAULT_COLUMNS = (
    "name",
    "request_date",
    "subject",
    "type_id",
    "partner_id",
    "project_id",
    "unit_id",
    "area_id",
    "user_id",
    "stage_id",
    "priority",
)
KINDS = {
    "date": "date",
    "datetime": "datetime",
    "integer": "integer",
    "float": "number",
    "monetary": "number",
}
CHUNK = 2000


class AtencionCaseExport(models.AbstractModel):
    """Cases as an Excel workbook, with the user's rights, language and formats."""

    _name = "atencion.case.export"
    _description = "Export of cases to Excel"

    def action_export_xlsx(self):
        """Download these cases as Excel, all that the user sees without a selection."""
        data = {"ids": self.ids or None, "domain": [], "columns": DEFAULT_COLUMNS}
        query = urlencode({"data": json.dumps(data)})
        return {
            "type": "ir.actions.act_url",
            "url": f"{EXPORT_URL}?{query}",
            "target": "download",
        }

    def _export_xlsx(self, domain, columns, order=None):
        """The workbook of the cases that the user may read in a domain.

        :param list domain: which cases
        :param columns: names of fields; those that the user may not read, or that
            hold no value of a cell, are left out; the live columns always come
        :param str order: of the rows, the default order without it
        :rtype: bytes
        :raise UserError: more cases than a sheet holds
        """
        ids = self.search(domain, order=order).ids
        if len(ids) > MAX_ROWS:
            raise UserError(
                self.env._(
                    "An Excel sheet holds %(limit)s cases and %(count)s were found. "
                    "Narrow the filter.",
                    limit=MAX_ROWS,
                    count=len(ids),
                )
            )
        names = self._export_columns(columns)
        stream = io.BytesIO()
        language = get_lang(self.env)
        write_table(
            stream,
            self.env._("Cases"),
            [
                Column(description["string"], KINDS.get(description["type"], "text"))
                for description in names.values()
            ],
            self._export_rows(ids, names),
            len(ids),
            self._excel_pattern(language.date_format),
            self._excel_pattern(language.time_format),
        )
        return stream.getvalue()

    def _export_columns(self, columns):
        """The descriptions of the fields to export, by name, in order."""
        wanted = [name for name in columns if name not in ALWAYS]
        descriptions = self.fields_get(
            wanted + list(ALWAYS), ["string", "type", "selection"]
        )
        return {
            name: descriptions[name]
            for name in dict.fromkeys([*wanted, *ALWAYS])
            if name in descriptions
            and descriptions[name]["type"] not in ("binary", "json", "properties")
        }

    def _export_rows(self, ids, names):
        """The values of each case, a chunk at a time."""
        readers = [
            self._export_reader(name, description)
            for name, description in names.items()
        ]
        for start in range(0, len(ids), CHUNK):
            cases = self.browse(ids[start : start + CHUNK])
            cases.fetch([name for name in names if self._fields[name].store])
            for case in cases:
                yield [read(case) for read in readers]
            cases.invalidate_recordset()

    def _export_reader(self, name, description):
        """The function that gives the cell of a case for a field."""
        kind = description["type"]
        if kind == "datetime":
            zone = ZoneInfo(self.env.user.tz or "UTC")
            utc = ZoneInfo("UTC")
            return lambda case: (
                case[name].replace(tzinfo=utc).astimezone(zone) if case[name] else None
            )
        if kind in KINDS:
            return lambda case: None if case[name] is False else case[name]
        if kind == "selection":
            labels = dict(description["selection"])
            return lambda case: labels.get(case[name])
        if kind == "boolean":
            words = {True: self.env._("Yes"), False: self.env._("No")}
            return lambda case: words[case[name]]
        if kind == "html":
            return lambda case: html2plaintext(case[name] or "") or None
        if isinstance(self._fields[name], fields.Many2one):
            return lambda case: case[name].display_name or None
        if self._fields[name].relational:
            return lambda case: ", ".join(case[name].mapped("display_name")) or None
        return lambda case: case[name] or None

    def _excel_pattern(self, posix):
        locale = babel_locale_parse(get_lang(self.env).code)
        return excel_format(posix_to_ldml(posix, locale=locale))
