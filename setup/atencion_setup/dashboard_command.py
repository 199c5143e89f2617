"""./setup/dashboard: write the panels of atencion_cliente_dashboard from their description."""

import argparse
from pathlib import Path

from atencion_dashboard import PANELS, written

from .checkout import Checkout


def files(checkout: Checkout) -> dict[Path, str]:
    """What belongs into which file."""
    folder = checkout.root / "atencion_cliente_dashboard" / "data" / "files"
    return {folder / f"{panel.name}_dashboard.json": written(panel) for panel in PANELS}


def main(arguments: list[str], checkout: Checkout) -> int:
    parser = argparse.ArgumentParser(
        prog="./setup/dashboard",
        description="Write the panels of Odoo's dashboards: setup/atencion_dashboard/panels/.",
    )
    parser.parse_args(arguments)
    for path, text in files(checkout).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        print(path.relative_to(checkout.root))
    return 0
