"""The panels of Odoo's dashboards: the files are those that their description gives."""

import json

import pytest
from atencion_dashboard import PANELS, written
from atencion_dashboard.sheet import cell_name
from atencion_setup.checkout import open_checkout
from atencion_setup.dashboard_command import files

CONTENTS = {panel.name: json.loads(written(panel)) for panel in PANELS}


def test_files_are_as_described():
    for path, text in files(open_checkout()).items():
        assert path.read_text() == text, "./setup/dashboard writes them"
    folder = {path for path, _text in files(open_checkout()).items()}
    assert folder == set(next(iter(folder)).parent.iterdir())


@pytest.mark.parametrize(
    ("column", "row", "name"), [(0, 0, "A1"), (25, 9, "Z10"), (26, 0, "AA1"), (701, 0, "ZZ1")]
)
def test_names_of_cells(column, row, name):
    assert cell_name(column, row) == name


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_each_filter_is_known(content):
    filters = {one["id"] for one in content["globalFilters"]}
    for pivot in content["pivots"].values():
        assert filters.issuperset(pivot["fieldMatching"])


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_no_figure_opens_a_menu_which_would_not_show_what_it_counts(content):
    assert content["chartOdooMenusReferences"] == {}


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_nothing_is_written_beyond_the_sheet_or_upon_something_else(content):
    for sheet in content["sheets"]:
        known = {
            cell_name(column, row)
            for column in range(sheet["colNumber"])
            for row in range(sheet["rowNumber"])
        }
        assert known.issuperset(sheet["cells"])
        width = sum(column["size"] for column in sheet["cols"].values())
        for figure in sheet["figures"]:
            left = sum(sheet["cols"][str(place)]["size"] for place in range(figure["col"]))
            assert left + figure["offset"]["x"] + figure["width"] <= width
            columns = range(figure["col"], sheet["colNumber"])
            inside = {cell_name(place, figure["row"]) for place in columns}
            assert not inside.intersection(sheet["cells"])


def test_what_is_open_today_has_no_period():
    kinds = {
        name: [one["id"] for one in content["globalFilters"]] for name, content in CONTENTS.items()
    }
    assert [name for name, ids in kinds.items() if "period" not in ids] == ["open_cases"]
