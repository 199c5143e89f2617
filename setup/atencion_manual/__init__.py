"""The manual: its pictures, taken from the running product, and its pages in the application.

The chapters are `docs/manual/*.md`. `./setup/manual` runs the modules of this package in the
environment of the checking tools; the application itself needs neither of their libraries.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = ROOT / "docs" / "manual"
# What the application serves: pages, their stylesheet, and the only copy of the pictures.
SERVED = ROOT / "atencion_cliente" / "static" / "manual"
PICTURES = SERVED / "pictures"
