import csv
import io
from itertools import count

from .importing import XLSX, Importing

# What Odoo's import screen begins with.
OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "separator": "",
    "encoding": "",
    "date_format": "",
    "datetime_format": "",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
    "skip": 0,
    "limit": 2000,
}
KINDS = {"xlsx": XLSX, "xls": "application/vnd.ms-excel", "csv": "text/csv"}


class Reading(Importing):
    """Files that Odoo's import screen reads: the preview, and the import that follows it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.numbers = count()

    def screen(self, model, content, lang="es_PE", name="file.csv"):
        self.supervisor.lang = lang
        screens = self.on(self.supervisor, self.env["base_import.import"]).with_context(lang=lang)
        kind = KINDS[name.rpartition(".")[2]]
        return screens.create(
            {"res_model": model, "file": content, "file_type": kind, "file_name": name}
        )

    def preview(self, screen, **chosen):
        result = screen.parse_preview(OPTIONS | chosen)
        self.assertNotIn("error", result)
        return result

    def units(self, areas, lang, **chosen):
        rows = [["project_id", "code", "name", "area_m2"]]
        rows += [["Gardens", f"T-{next(self.numbers)}", "T", text] for text in areas]
        return self.imported("atencion.unit", as_csv(rows), lang, **chosen)

    def imported(self, model, content, lang, name="file.csv", **chosen):
        """The preview, and the answer to the import that follows it."""
        screen = self.screen(model, content, lang, name)
        preview = self.preview(screen, **chosen)
        fields = [
            "/".join(preview["matches"].get(index, ())) or False
            for index in range(len(preview["headers"]))
        ]
        options = OPTIONS | chosen | preview["options"]
        tested = screen.execute_import(fields, preview["headers"], dict(options), dryrun=True)
        result = screen.execute_import(fields, preview["headers"], dict(options))
        self.assertEqual(
            bool(tested.get("ids")), bool(result.get("ids")), "a test says what follows"
        )
        return preview, result

    def texts(self, preview):
        return [line["text"] for line in preview["atencion_reading"]]


def as_csv(rows, encoding="utf-8", **style):
    stream = io.StringIO()
    csv.writer(stream, **style).writerows(rows)
    return stream.getvalue().encode(encoding)
