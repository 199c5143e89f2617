"""Debian's Chromium, driven by Playwright, which is in the environment of the checking tools."""

from contextlib import contextmanager

OPTIONS = (
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--no-first-run"),
)


@contextmanager
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=list(OPTIONS)
        )
        yield browser
        browser.close()


@contextmanager
def logged_in_page(browser, base_url, database, login, width=1366, height=768):
    """A page of its own, in Lima, on which the given login has logged in.

    Every password is the login.
    """
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": width, "height": height},
        locale="es-PE",
        timezone_id="America/Lima",
    )
    try:
        page = context.new_page()
        page.goto(f"/web/login?db={database}")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", login)
        page.click(".oe_login_form button[type=submit]")
        page.wait_for_url(lambda address: "/web/login" not in address, timeout=60_000)
        yield page
    finally:
        context.close()
