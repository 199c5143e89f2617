from odoo import api, models

# Of the rows with the same fault, as many are named.
MAX_ROWS = 20


class BaseImportRows(models.TransientModel):
    """Each wrong row of an import of ours is named by its row in the file, the header being one.

    Odoo counts records from 0 or rows from 1 without the header, and says “at multiple rows” of
    rows with the same fault. Empty rows count for nothing: they are gone once a file is read.
    """

    _inherit = "base_import.import"

    def execute_import(self, fields, columns, options, dryrun=False):
        """Name the rows in the messages, as a person finds them in the file.

        :param list fields: the field of each column, or ``False``
        :param list columns: the headers
        :param dict options: of the screen
        :param bool dryrun: whether nothing is kept
        """
        result = super().execute_import(fields, columns, options, dryrun)
        if self._is_ours() and result["messages"]:
            header = bool(options.get("has_headers"))
            first = 1 + header + (options.get("skip") or 0)
            result["messages"] = self._with_rows(result["messages"], set(fields), first)
            # Odoo looks a name up by the row that is said now.
            result["name"] = [""] * header + (result.get("name") or [])
        return result

    @api.model
    def _with_rows(self, messages, fields, first):
        """The messages, those of one fault together, with the rows they are of.

        :param set fields: the paths of the columns, beside which the screen shows messages
        :param int first: the row in the file of the first record
        """
        alike, shown = {}, []
        for message in messages:
            if "rows" not in message:
                shown.append(message)
                continue
            key = message["type"], message["message"]
            if key not in alike:
                alike[key] = []
                shown.append(message)
            alike[key].append(message["rows"]["from"] + first)
        for message in shown:
            rows = alike.get((message["type"], message["message"]))
            if rows and "rows" in message:
                self._name_rows(message, list(dict.fromkeys(rows)), fields)
        return shown

    @api.model
    def _name_rows(self, message, rows, fields):
        """Write the rows where the screen shows the message: beside its column, or at the top."""
        named = ", ".join(map(str, rows[:MAX_ROWS])) + (", …" if rows[MAX_ROWS:] else "")
        first, last = rows[0] - 1, rows[0] - 1
        path = message.get("field_path") or [message.get("field") or ""]
        if "/".join(path) in fields:
            text = message["message"]
            message["message"] = self.env._("Row %(rows)s: %(message)s", rows=named, message=text)
            # Of several messages it shows the values, if each is of one row.
            message["value"] = False if rows[1:] else message.get("value") or text
            last = rows[-1] - 1
        # At the top it would say “at multiple rows”, and not which.
        message |= {"record": named, "rows": {"from": first, "to": last}}
