"""The page for production knows what the addons write to the log, and what they run alone."""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "production.md"
COMPLAINT = re.compile(r'_logger\.(?:warning|error|exception)\(\s*"([^"]+)"')
CRON = re.compile(r'id="(ir_cron_\w+)" model="ir.cron"')


@pytest.fixture(scope="module")
def page():
    return " ".join(PAGE.read_text().split())


def test_every_complaint_in_the_log_is_explained(page):
    files = [
        path for path in ROOT.glob("atencion_cliente*/**/*.py") if "migrations" not in path.parts
    ]
    complaints = {text for path in files for text in COMPLAINT.findall(path.read_text())}
    assert len(complaints) > 5
    unknown = [text for text in complaints if text.replace("%s", "…") not in page]
    assert sorted(unknown) == []


def test_every_scheduled_action_is_listed_by_its_name_on_the_screen(page):
    data = (ROOT / "atencion_cliente" / "data" / "ir_cron_data.xml").read_text()
    catalogue = polib.pofile(ROOT / "atencion_cliente" / "i18n" / "es.po")
    names = {
        name: entry.msgstr
        for entry in catalogue
        for name in CRON.findall(data)
        if name in entry.comment or any(f".{name}_" in where for where, _line in entry.occurrences)
    }
    assert len(names) == len(CRON.findall(data))
    prefix = "Atención al Cliente: "
    missing = [text for text in names.values() if text.removeprefix(prefix) not in page]
    assert sorted(missing) == []


def test_links_lead_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", PAGE.read_text())
    assert [link for link in links if not (PAGE.parent / link).exists()] == []
