import io

import openpyxl

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {"has_headers": True, "skip": 0, "limit": None, "date_format": "", "datetime_format": ""}


class Importing:
    """Imports as a user does: by ``load``, or with a template through Odoo's import screen."""

    def load(self, user, model, header, rows):
        """Import rows as Odoo's import screen does once it has read the file."""
        records = self.on(user, self.env[model]).with_context(import_file=True)
        return records.load(header, rows)

    def assertLoaded(self, result):
        self.assertFalse(result["messages"])
        return result["ids"]

    def assertRefused(self, result, *texts, row=0):
        """Nothing was loaded, and the message of a row says why."""
        self.assertFalse(result["ids"])
        errors = [message for message in result["messages"] if message["type"] == "error"]
        self.assertEqual(errors[0]["rows"]["from"], row)
        for text in texts:
            self.assertIn(text, errors[0]["message"])

    def download(self, user, model, status=200):
        """The template of a model that a user downloads."""
        self.authenticate(user.login, user.login + "x" * (8 - len(user.login)))
        response = self.url_open(f"/atencion_cliente/import_template/{model}")
        self.assertEqual(response.status_code, status)
        return openpyxl.load_workbook(io.BytesIO(response.content)) if status == 200 else None

    def fill(self, book, model, rows):
        """Fill the first sheet of a template.

        :param rows: values by path of fields
        :rtype: bytes
        """
        sheet = book.worksheets[0]
        paths = list(self.env[model].with_user(self.supervisor)._import_columns())
        for number, row in enumerate(rows, start=2):
            for path, value in row.items():
                sheet.cell(number, paths.index(path) + 1, value)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    def upload(self, user, model, file, dryrun=False):
        """Import a file as the web client does, with the columns as Odoo maps them."""
        screens = self.on(user, self.env["base_import.import"]).with_context(lang=user.lang)
        screen = screens.create(
            {"res_model": model, "file": file, "file_type": XLSX, "file_name": "filled.xlsx"}
        )
        preview = screen.parse_preview(dict(OPTIONS))
        self.assertNotIn("error", preview)
        headers = preview["headers"]
        fields = [
            "/".join(preview["matches"].get(index, ())) or False for index in range(len(headers))
        ]
        expected = list(screens.env[model]._import_columns())
        self.assertEqual(fields, expected, "every column is mapped by itself")
        labels = [header.lower() for header in headers]
        return screen.execute_import(fields, labels, dict(OPTIONS), dryrun=dryrun)
