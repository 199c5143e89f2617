"""Take pictures of a running server with the demo data: a browser goes to each screen.

python -m atencion_manual.camera ADDRESS DATABASE [PICTURE ...]
"""

import io
import sys
from contextlib import ExitStack, contextmanager
from functools import cache

from atencion_setup.chromium import chromium, logged_in_page
from PIL import Image

from . import PICTURES as FOLDER
from .pictures import PICTURES, Picture

CASE = "/odoo/atencion-cases/{}"
WIDTH = 1366
# Until what a screen fetches last (the log of a case, its editors) is drawn, in milliseconds.
SETTLING = 2_500
# For a screen, a button or a case to be there, also on a busy machine.
PATIENCE = 120_000


@contextmanager
def camera(browser, base_url: str, database: str):
    """A function that takes a picture: a PNG as the browser draws it.

    Each picture has a tab of its own; who has logged in stays so for the next one.
    """
    with ExitStack() as logins:

        @cache
        def context_of(login):
            page = logged_in_page(browser, base_url, database, login, WIDTH)
            return logins.enter_context(page).context

        def take(picture: Picture, settling: int = SETTLING) -> bytes:
            page = context_of(picture.login).new_page()
            try:
                return _shot(page, picture, settling)
            finally:
                page.close()

        yield take


def _shot(page, picture: Picture, settling: int) -> bytes:
    page.set_default_timeout(PATIENCE)
    page.set_viewport_size({"width": WIDTH, "height": picture.height})
    page.emulate_media(reduced_motion="reduce")
    page.goto(picture.address or CASE.format(_case_with_subject(page, picture.case)))
    if picture.case:
        page.wait_for_selector(".o-mail-Thread", state="attached")
    for method, *arguments in picture.steps:
        getattr(page, method)(*arguments)
    page.wait_for_selector(picture.wait)
    page.mouse.move(0, picture.height - 1)
    page.wait_for_timeout(settling)
    return page.locator(picture.crop).first.screenshot(animations="disabled", caret="hide")


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
    with chromium() as browser, camera(browser, base_url, database) as take:
        _finish_recalculation(browser, base_url, database)
        for picture in PICTURES:
            if not names or picture.name in names:
                _write(picture, take(picture))


if __name__ == "__main__":
    main(*sys.argv[1:])
