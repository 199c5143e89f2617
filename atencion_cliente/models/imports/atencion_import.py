from collections import defaultdict

from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError

from ..base.public_method import ROWS, TEXTS, public
from ..base.server_context import with_server_value
from .atencion_reference import SEPARATOR
from .atencion_refused_rows import RowsRun, import_run

# Nobody is notified of what is imported, nor follows it for having imported it.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_activity_quick_update": True,
}


class ImportRun(RowsRun):
    """One run of an import of ours, with the records that its names were found to mean.

    ``required`` are the fields that new records of a model need from the file, by model.
    """

    def __init__(self):
        super().__init__()
        self.found = defaultdict(dict)
        self.required = {}

    def create_rows(self, flush):
        """Create the rows read so far, because a later row refers to them."""
        failed, self.failed = self.failed, False
        flush()
        self.failed = self.failed or failed


class AtencionImport(models.AbstractModel):
    """Odoo's import, exact and fast.

    * A name in a file means one record, or the row is refused (``ir.fields.converter``).
    * The project of a row says which block and which unit are meant: their names are
      unique within their project.
    * Names are looked up once per import, many at a time.
    * An empty cell of a new record leaves its default, or what its contract fills.
    * A file with a wrong row creates nothing, not even for a moment.
    """

    _name = "atencion.import"
    _description = "Import of property and cases"
    _inherit = [
        "atencion.import.template",
        "atencion.refused.rows",
        "atencion.bounds",
        "atencion.empty.list",
    ]

    # Fields whose names are unique within the project of the row.
    _fields_in_project = ()
    # Lines of a file that their record completes: what they lack is no fault.
    _completed_lines = frozenset()

    @api.model
    def _empty_list_links(self):
        links = super()._empty_list_links()
        if self.has_access("create"):
            links += [
                Markup('<a href="%(template)s" class="o_atencion_link">%(label)s</a>') % link
                for link in self._import_template_links()
            ]
        return links

    @api.model
    @public(fields=TEXTS, data=ROWS)
    def load(self, fields, data):
        run = ImportRun()
        importer = with_server_value(self, "atencion_import", run)
        if "company_id" not in {path.split("/")[0] for path in fields}:
            # Another company that the user also sees has records of the same names.
            importer = importer.with_context(allowed_company_ids=self.env.company.ids)
        return super(AtencionImport, importer).load(fields, data)

    def _extract_records(self, field_paths, data, *args, **options):
        records = super()._extract_records(field_paths, data, *args, **options)
        if not import_run(self.env):
            return records
        records = list(records)
        kept = {path.split("/")[0] for path in self.env.context.get("import_skip_records") or ()}
        wanted = defaultdict(set)
        for record, _info in records:
            _drop_empty_cells(record, kept)
            self._name_in_project(record)
            _collect_names(self, record, wanted)
        # What the file itself creates is looked up when its turn comes.
        wanted.pop(self._name, None)
        for name, names in wanted.items():
            self.env["ir.fields.converter"]._look_up(self.env[name], names)
        return iter(records)

    @api.model
    def _name_in_project(self, record):
        """Put the project of a row before the names that are unique within it."""
        project = _name_in(record.get("project_id"))
        if not project:
            return
        prefix = project.strip() + SEPARATOR
        for field in self._fields_in_project:
            names = _names_in(self._fields[field], record.get(field))
            if names:
                record[field][0][None] = ",".join(
                    name if name.startswith(prefix) else prefix + name for name in names
                )

    def _load_records_create(self, vals_list):
        # Only new records are quiet: what an import changes is notified and tracked.
        model = self.with_context(**QUIET) if import_run(self.env) else self
        return super(AtencionImport, model)._load_records_create(vals_list)

    @api.model
    def _sql_error_to_message(self, exc):
        """The message of the model whose table refused a row: perhaps that of its lines."""
        for field in self._fields.values():
            if field.type == "one2many":
                lines = self.env[field.comodel_name]
                if lines._table == exc.diag.table_name and lines._name != self._name:
                    return lines._sql_error_to_message(exc)
        return super()._sql_error_to_message(exc)

    @api.model
    def _row_checks(self, vals_list):
        check, run = self._row_checker(), self._rows_run()
        return [
            *super()._row_checks(vals_list),
            lambda values: self._refuse_missing(values, run),
            lambda values: self._refuse_out_of_bounds([values]),
            *([check] if check else []),
        ]

    @api.model
    def _refuse_missing(self, values, run):
        """Refuse a row without a value that its record or a line of it needs.

        :raise UserError: names the column
        """
        for path in self._missing_paths(self, values, run):
            raise UserError(
                self.env._(
                    "The column “%s” is empty. Fill it in: a record cannot do without it.",
                    self._import_header(path),
                )
            )

    @api.model
    def _missing_paths(self, model, values, run, inverse=None):
        """The paths of the required fields that a row does not fill.

        :param values: of a new record of the model, or of a line of it
        :param inverse: the field of a line that links it to its record
        """
        if model._name not in run.required:
            run.required[model._name] = _required_of_file(model)
        for name, sources in run.required[model._name].items():
            if name != inverse and not any(map(values.get, (name, *sources))):
                yield name
        for name, commands in values.items():
            field = model._fields.get(name)
            if field and field.type == "one2many" and name not in self._completed_lines:
                lines = self.env[field.comodel_name]
                for line in (command[2] for command in commands or () if not command[0]):
                    for path in self._missing_paths(lines, line, run, field.inverse_name):
                        yield f"{name}/{path}"

    @api.model
    def _row_checker(self):
        """A function that raises a ``UserError`` for the values of a wrong row, or None."""
        return None


def _required_of_file(model):
    """The required fields that a new record has neither by default nor from the server.

    :return: the fields that each is computed from, by name
    :rtype: dict[str, list[str]]
    """
    server_only = getattr(model, "_get_server_only_fields", frozenset)()
    texts = ("char", "text", "many2one", "date", "datetime", "selection")
    names = [
        name
        for name, field in model._fields.items()
        if field.required and field.store and field.type in texts and name not in server_only
    ]
    given = model.default_get(names)
    return {
        name: [path.split(".")[0] for path in model._fields[name].get_depends(model)[0]]
        for name in names
        if not given.get(name)
    }


def _drop_empty_cells(record, kept):
    """Remove empty cells from a new record, except those of the fields to keep."""
    if record.get("id") or record.get(".id"):
        return
    for name, value in list(record.items()):
        if not value and name not in kept:
            del record[name]
        elif isinstance(value, list):
            for line in value:
                _drop_empty_cells(line, ())


def _name_in(values):
    """The name in a cell, None if the cell has an id."""
    return values[0].get(None) if values else None


def _names_in(field, values):
    """The names in a cell: a many2many field may have several, separated by commas."""
    name = _name_in(values)
    several = name.split(",") if name and field.type == "many2many" else [name or ""]
    return [name.strip() for name in several if name.strip()]


def _collect_names(model, record, wanted):
    """Collect the names of related records in a record of a file, by their model."""
    for name, values in record.items():
        field = model._fields.get(name)
        if not field or not field.relational or not values:
            continue
        if field.type == "one2many":
            for line in values:
                _collect_names(model.env[field.comodel_name], line, wanted)
        else:
            wanted[field.comodel_name].update(_names_in(field, values))
