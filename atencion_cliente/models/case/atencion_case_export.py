import functools
import io
import json
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import get_lang, html2plaintext
from odoo.tools.misc import babel_locale_parse, posix_to_ldml

from ...tools.workbook import MAX_ROWS, WorksheetColumn, excel_format, write_table
from ...tools.working_hours import FIRST_MOMENT
from ..base.public_method import public
from .atencion_case_alert_sql import LIVE_COLUMNS

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


class AtencionCaseExport(models.Model):
    """Cases as an Excel workbook, with the user's rights, language and formats."""

    _inherit = "atencion.case"

    @public()
    def action_export_xlsx(self):
        """Download these cases as Excel, all that the user sees without a selection.

        :raise AccessError: the user may not export cases
        """
        self._check_may_export()
        data = {"ids": self.ids or None, "domain": [], "columns": DEFAULT_COLUMNS}
        query = urlencode({"data": json.dumps(data)})
        return {
            "type": "ir.actions.act_url",
            "url": f"{EXPORT_URL}?{query}",
            "target": "download",
        }

    def _check_may_export(self):
        """Refuse users who may not take cases out of the system."""
        user = self.env.user
        if not (user._is_internal() and user.has_group("atencion_cliente.group_export")):
            raise AccessError(
                self.env._(
                    "You may not export cases. Ask an administrator for the group “Export cases”."
                )
            )

    def _export_xlsx(self, columns):
        """The workbook of these cases, in their order.

        :param columns: names of fields; those that the user may not read, or that
            hold no value of a cell, are left out; the live columns always come
        :rtype: bytes
        :raise AccessError: the user may not export cases
        :raise UserError: more cases than a worksheet has rows
        """
        self._check_may_export()
        ids = self.ids
        if len(ids) > MAX_ROWS:
            raise UserError(
                self.env._(
                    "An Excel sheet holds %(limit)s cases and %(count)s were found. "
                    "Narrow the filter.",
                    limit=MAX_ROWS,
                    count=len(ids),
                )
            )
        self._record_export()
        names = self._sheet_columns(columns)
        stream = io.BytesIO()
        language = get_lang(self.env)
        write_table(
            stream,
            self.env._("Cases"),
            [
                WorksheetColumn(description["string"], KINDS.get(description["type"], "text"))
                for description in names.values()
            ],
            self._sheet_rows(ids, names),
            len(ids),
            self._excel_pattern(language.date_format),
            self._excel_pattern(language.time_format),
        )
        return stream.getvalue()

    def _record_export(self):
        """Record who takes confidential cases out of the system."""
        cases = self.with_context(active_test=False)
        confidential = [("id", "in", self.ids), ("is_confidential", "=", True)]
        cases.search(confidential)._record_opening("export")

    def _sheet_columns(self, columns):
        """The descriptions of the fields to export, by name, in order."""
        wanted = [name for name in columns if name not in ALWAYS]
        descriptions = self.fields_get(wanted + list(ALWAYS), ["string", "type", "selection"])
        return {
            name: descriptions[name]
            for name in dict.fromkeys([*wanted, *ALWAYS])
            if name in descriptions
            and descriptions[name]["type"] not in ("binary", "json", "properties")
        }

    def _sheet_rows(self, ids, names):
        """The cells of each case, read in chunks of cases.

        Columns of the table come from one statement: at 100,000 cases that takes a
        third of the time of reading records.
        """
        readers = {
            name: self._cell_reader(self._fields[name], description)
            for name, description in names.items()
        }
        for start in range(0, len(ids), CHUNK):
            cases = self.browse(ids[start : start + CHUNK])
            columns = self._table_columns(cases, names)
            for name in names:
                if name not in columns:
                    columns[name] = [case[name] for case in cases]
            yield from zip(*(map(readers[name], columns[name]) for name in names), strict=True)
            cases.invalidate_recordset()

    def _table_columns(self, cases, names):
        """The raw values of the columns that SQL knows, by name, in order of cases."""
        names = [
            name
            for name in names
            if name in LIVE_COLUMNS or (self._fields[name].store and self._fields[name].column_type)
        ]
        # The cases were found under the rules of the user; fields are checked below.
        query = cases.with_context(active_test=False)._search(
            [("id", "in", cases.ids)], bypass_access=True
        )
        terms = [self._field_to_sql(self._table, name, query) for name in ("id", *names)]
        rows = {row[0]: row[1:] for row in self.env.execute_query(query.select(*terms))}
        values = zip(*(rows[case_id] for case_id in cases.ids), strict=True)
        return dict(zip(names, values, strict=True))

    def _cell_reader(self, field, description):
        """A function from a raw value of a field to the value of a cell."""
        if field.type == "datetime":
            zone, utc = ZoneInfo(self.env.user.tz or "UTC"), ZoneInfo("UTC")
            # Before that, conversion to a time zone fails, and Excel has no dates.
            return lambda value: (
                value.replace(tzinfo=utc).astimezone(zone)
                if value and value > FIRST_MOMENT
                else value or None
            )
        if field.type == "selection":
            labels = dict(description["selection"])
            return labels.get
        if field.type == "boolean":
            words = {True: self.env._("Yes"), False: self.env._("No")}
            return lambda value: words[bool(value)]
        if field.type == "html":
            return lambda value: html2plaintext(value or "") or None
        if field.type == "many2one":
            return self._name_reader(field)
        if field.relational:
            return lambda records: ", ".join(records.mapped("display_name")) or None
        if field.type in KINDS:
            return lambda value: None if value is False else value
        return lambda value: value or None

    def _name_reader(self, field):
        """A function from an id or record to its name, looked up once for each."""
        # sudo: whoever reads a case reads the labels of what it links to; of a case that they
        # may not read, the label is its number only.
        comodel = self.env[field.comodel_name].sudo().with_context(atencion_case_label=True)

        @functools.cache
        def name_of(record_id):
            return comodel.browse(record_id).display_name

        return lambda value: name_of(int(value)) if value else None

    def _excel_pattern(self, posix):
        locale = babel_locale_parse(get_lang(self.env).code)
        return excel_format(posix_to_ldml(posix, locale=locale))
