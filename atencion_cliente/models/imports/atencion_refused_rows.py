from odoo import api, models
from odoo.exceptions import UserError

from ..base.server_context import server_value


class BatchRefused(Exception):
    """Rows were refused together, and nothing says which: they are to be tried one by one."""


class RowsRun:
    """One run of an import: whether it has failed, and where its faults are written.

    ``unread_rows`` are the first lines of rows with a cell that could not be read: they have
    their message already.
    """

    def __init__(self):
        self.failed = False
        self.unread_rows = set()
        self.log = None

    def watching(self, log):
        """Odoo's log of faults, so that the run knows of them."""

        def watch(message):
            if message["type"] == "error":
                self.failed = True
                self.unread_rows.add(message["rows"]["from"])
            log(message)

        self.log = log
        return watch

    def refuse(self, info, message):
        """Refuse a row: Odoo undoes the whole import at its end."""
        self.failed = True
        self.log(dict(info, type="error", message=message))


def import_run(env):
    """The import of ours that is running, if one is.

    :rtype: ImportRun | None
    """
    return server_value(env, "atencion_import")


class AtencionRefusedRows(models.AbstractModel):
    """Rows of an import that are refused before any is created, each by its own message.

    Odoo alone would create the others one by one, take them back again, and name the first row
    for what another one did.
    """

    _name = "atencion.refused.rows"
    _description = "Refused rows of an import"

    @api.model
    def _rows_run(self):
        """The import that is running, if one of ours is.

        :rtype: RowsRun | None
        """
        return import_run(self.env)

    def _convert_records(self, records, **options):
        run = self._rows_run()
        if run:
            options["log"] = run.watching(options["log"])
        return super()._convert_records(records, **options)

    def _load_records(self, data_list, update=False):
        run = self._rows_run()
        if not run:
            return super()._load_records(data_list, update)
        self._refuse_rows(data_list, run)
        if run.failed:
            return self.browse()
        try:
            return super()._load_records(data_list, update)
        except UserError as error:
            if len(data_list) > 1:
                raise BatchRefused from error
            raise

    @api.model
    def _refuse_rows(self, data_list, run):
        """Refuse the wrong rows among those that were read and are of new records."""
        new = [
            data
            for data in self._new_rows(data_list)
            if data["info"]["rows"]["from"] not in run.unread_rows
        ]
        checks = self._row_checks([data["values"] for data in new]) if new else []
        for data in new:
            try:
                for check in checks:
                    check(data["values"])
            except UserError as error:
                run.refuse(data["info"], str(error))

    @api.model
    def _new_rows(self, data_list):
        """The rows that name no record that is there, by its id or external id."""
        names = [data["xml_id"] for data in data_list if data["xml_id"]]
        # sudo: whether there is such a record is all that is asked.
        found = self.env["ir.model.data"].sudo()._lookup_xmlids(names, self) if names else ()
        known = {f"{module}.{name}" for _id, module, name, *_others, record in found if record}
        return [
            data
            for data in data_list
            if not data["values"].get("id") and data["xml_id"] not in known
        ]

    @api.model
    def _row_checks(self, vals_list):
        """Functions that raise a ``UserError`` for the values of a wrong row.

        :param vals_list: the values of all new rows, in the order of the file
        """
        return []
