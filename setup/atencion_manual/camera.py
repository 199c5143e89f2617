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


def take(
    browser, base_url: str, database: str, picture: Picture, settling: int = SETTLING
) -> bytes:
    """A picture as the browser draws it: a PNG.

    :param settling: milliseconds to wait when all is there
    """
    login, height = picture.login, picture.height
    with logged_in_page(browser, base_url, database, login, WIDTH, height) as page:
        page.emulate_media(reduced_motion="reduce")
        page.wait_for_selector(".o_main_navbar", timeout=120_000)
        page.goto(picture.address or CASE.format(_case_with_subject(page, picture.case)))
        if picture.case:
            page.wait_for_selector(".o-mail-Thread", state="attached", timeout=60_000)
        for method, *arguments in picture.steps:
            getattr(page, method)(*arguments)
        page.wait_for_selector(picture.wait)
        page.mouse.move(0, height - 1)
        page.wait_for_timeout(settling)
        shown = page.locator(picture.crop).first
        return shown.screenshot(animations="disabled", caret="hide")


def _case_with_subject(page, subject: str) -> int:
    [case] = _call(page, "atencion.case", "search", [["subject", "=", subject]])
    return case


def _call(page, model: str, method: str, *arguments, **options):
    """Call a method with the rights of who has logged in."""
    call = {"model": model, "method": method, "args": arguments, "kwargs": options}
    return page.request.post("/web/dataset/call_kw", data={"params": call}).json()["result"]


def _finish_recalculation(browser, base_url: str, database: str) -> None:
    """Let Odoo do what the holidays of the demo data left to it; until then, a banner says so."""
    name = [["module", "=", "atencion_cliente"], ["name", "=", "ir_cron_recalculate"]]
    with logged_in_page(browser, base_url, database, "admin") as page:
        [job] = _call(page, "ir.model.data", "search_read", name, fields=["res_id"])
        _call(page, "ir.cron", "method_direct_trigger", [job["res_id"]])


def _write(picture: Picture, taken: bytes) -> None:
    image = Image.open(io.BytesIO(taken)).convert("RGB")
    # Screens have few colours; k-means keeps the rare ones, as the red of an asterisk.
    few = image.quantize(kmeans=5, dither=Image.Dither.NONE)
    path = FOLDER / f"{picture.name}.png"
    few.save(path, optimize=True)
    print(f"{path.name}: {few.width} × {few.height}, {path.stat().st_size // 1000} kB", flush=True)


def main(base_url: str, database: str, *names: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        _finish_recalculation(browser, base_url, database)
        for picture in PICTURES:
            if not names or picture.name in names:
                _write(picture, take(browser, base_url, database, picture))


if __name__ == "__main__":
    main(*sys.argv[1:])
