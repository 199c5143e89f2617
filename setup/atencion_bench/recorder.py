"""Open the pages of a side in Chromium and write down what the web client asks for."""

import json
import sys

from playwright.sync_api import sync_playwright

from .recording import FILES, as_kept, wait_until_quiet
from .sides import SIDES

LOGIN = "agent"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


def record(name: str, url: str, ticket: int) -> dict:
    side, pages, sent = SIDES[name], {}, []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_context(viewport={"width": 1500, "height": 900}).new_page()
        page.set_default_timeout(150_000)
        _log_in(page, url)
        page.on("request", lambda request: sent.append(request))
        for screen, (path, drawn) in side.screens.items():
            sent.clear()
            page.goto(f"{url}/odoo/{path.format(ticket)}")
            page.wait_for_selector(drawn)
            wait_until_quiet(page, sent)
            kept = (
                as_kept(request.url.removeprefix(url), request.post_data, side.model, ticket)
                for request in sent
            )
            pages[screen] = [request for request in kept if request]
        browser.close()
    return pages


def _log_in(page, url):
    page.goto(f"{url}/web/login")
    page.fill("input[name=login]", LOGIN)
    page.fill("input[name=password]", LOGIN)
    page.click("button[type=submit]")
    page.wait_for_selector(".o_main_navbar")


if __name__ == "__main__":
    job = json.loads(sys.argv[1])
    recorded = record(**job)
    file = FILES[job["name"]]
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")
