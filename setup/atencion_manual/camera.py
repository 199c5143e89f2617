"""Take pictures of a running server with the demo data: a browser goes to each screen.

python -m atencion_manual.camera ADDRESS DATABASE [PICTURE ...]
"""

import io
import sys

from atencion_setup.chromium import chromium, logged_in_page
from PIL import Image

from . import PICTURES as FOLDER
from .pictures import PICTURES, Picture

CASE = "/odoo/atencion-cases/{}"
WIDTH = 1366
# Until what a screen fetches last (the log of a case, its editors) is drawn, in milliseconds.
SETTLING = 2_500


def take(browser, base_url: str, database: str, picture: Picture) -> None:
    """Write one picture."""
    page_of = logged_in_page(browser, base_url, database, picture.login, WIDTH, picture.height)
    with page_of as page:
        page.emulate_media(reduced_motion="reduce")
        page.wait_for_selector(".o_main_navbar", timeout=120_000)
        page.goto(picture.address or CASE.format(_case_with_subject(page, picture.case)))
        if picture.case:
            page.wait_for_selector(".o-mail-Thread", state="attached", timeout=60_000)
        for method, *arguments in picture.steps:
            getattr(page, method)(*arguments)
        page.wait_for_selector(picture.wait)
        page.mouse.move(0, picture.height - 1)
        page.wait_for_timeout(SETTLING)
        shown = page.locator(picture.crop).first
        taken = shown.screenshot(animations="disabled", caret="hide")
    _write(picture, taken)


def _case_with_subject(page, subject: str) -> int:
    call = {"model": "atencion.case", "method": "search", "kwargs": {}}
    call["args"] = [[["subject", "=", subject]]]
    answer = page.request.post("/web/dataset/call_kw", data={"params": call}).json()
    [case] = answer["result"]
    return case


def _write(picture: Picture, taken: bytes) -> None:
    image = Image.open(io.BytesIO(taken)).convert("RGB")
    # Screens have few colours; this method keeps the rare ones, as the red of an asterisk.
    few = image.quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    path = FOLDER / f"{picture.name}.png"
    few.save(path, optimize=True)
    print(f"{path.name}: {few.width} × {few.height}, {path.stat().st_size // 1000} kB", flush=True)


def main(base_url: str, database: str, *names: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for picture in PICTURES:
            if not names or picture.name in names:
                take(browser, base_url, database, picture)


if __name__ == "__main__":
    main(*sys.argv[1:])
