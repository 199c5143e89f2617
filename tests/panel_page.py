"""A panel of Odoo's dashboards in a browser: what the cells of its spreadsheet show."""

from atencion_dashboard.tables import ABOVE_ROWS

ACTION = "/odoo/action-atencion_cliente_dashboard.dashboard_action"
PANELS = ".o_search_panel_category_value"
# The spreadsheet that is shown; its cells are drawn, and in no element of the page.
MODEL = """
    const loader = odoo.__WOWL_DEBUG__.root.env.services.spreadsheet_dashboard_loader;
    const getters = loader.getActiveDashboard()?.model?.getters;
"""
# Cells that are being loaded are errors until they are not.
IS_LOADED = f"""(cell) => {{
    {MODEL}
    const sheetId = getters?.getSheetIds()[0];
    return getters && getters.getGlobalFilters().length
        && getters.getCell({{ sheetId, col: cell[0], row: cell[1] }})?.content === cell[2]
        && getters.getEvaluatedCells(sheetId).every((one) => one.type !== "error");
}}"""
CELLS = f"""() => {{
    {MODEL}
    const sheets = {{}};
    for (const sheetId of getters.getSheetIds()) {{
        const cells = (sheets[getters.getSheetName(sheetId)] = {{}});
        for (const cell of Object.values(getters.getCells(sheetId))) {{
            const position = getters.getCellPosition(cell.id);
            const value = getters.getEvaluatedCell(position).value;
            cells[`${{position.col}},${{position.row}}`] = [cell.content, value];
        }}
    }}
    return sheets;
}}"""


class PanelPage:
    """The panel at a place of the list on the left."""

    def __init__(self, page, place, tables):
        page.goto(ACTION)
        page.locator(PANELS).nth(place).click(timeout=120_000)
        first = tables[0]
        page.wait_for_function(
            IS_LOADED, arg=[first.place, 1, f'=_t("{first.title}")'], timeout=120_000
        )
        self.page = page
        sheets = page.evaluate(CELLS)
        self.cells = {
            name: {tuple(map(int, place.split(","))): cell for place, cell in cells.items()}
            for name, cells in sheets.items()
        }

    def value(self, column, row, sheet="Panel"):
        _content, value = self.cells[sheet].get((column, row), (None, ""))
        return value

    def rows(self, table):
        """The rows of a table, with a list of its figures each: the total, what is listed, others.

        Figures that are not shown are zeros.
        """
        [(place, first)] = [
            (place, row)
            for (place, row), (content, _value) in self.cells["Panel"].items()
            if content == f'=_t("{table.title}")' and place == table.place
        ]
        start = first + ABOVE_ROWS
        columns = range(place + table.span, place + table.span + len(table.columns))
        rows = [
            (self.value(place, row), [self.value(column, row) or 0 for column in columns])
            for row in range(start - 1, start + table.rows + 1)
        ]
        total, *listed, others = rows
        return total[1], [row for row in listed if row[0] != ""], others[1]
