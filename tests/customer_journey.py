"""The pages of a customer on a telephone, by what the customer does on them."""

import re
import time

from accessibility import grave_findings

TELEPHONE = {"width": 390, "height": 844}
# Odoo shows other buttons to it.
AGENT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36"
# Sooner than a person, a form is not sent.
LEAST_SECONDS = 3.5
LINKS = re.compile(r'href="([^"]+)"')


class Telephone:
    """A telephone without a login. Each page that is looked at is checked, and kept as a picture.

    :param folder: of the pictures
    """

    def __init__(self, browser, server, axe, folder, **options):
        self.context = browser.new_context(
            base_url=server.base_url,
            viewport=TELEPHONE,
            user_agent=AGENT,
            is_mobile=True,
            has_touch=True,
            locale="es-PE",
            timezone_id="America/Lima",
            **options,
        )
        self.page = self.context.new_page()
        self.axe, self.folder, self.seen = axe, folder, 0
        # Which database is meant is asked nowhere else.
        self.page.goto(f"/web/login?db={server.database}")

    def look(self, name):
        """Check the page: everybody can read it, and nothing is wider than the screen."""
        self.page.wait_for_load_state("networkidle")
        self.seen += 1
        path = self.folder / f"journey_{self.seen:02}_{name}.png"
        self.page.screenshot(path=path, full_page=True)
        assert self.page.locator("html").get_attribute("lang").startswith("es")
        assert self.page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]
        found = grave_findings(self.page, self.axe)
        assert not found, "\n".join(found)

    def says(self, text):
        """Wait until the page says something."""
        self.page.locator("main").get_by_text(text).first.wait_for()

    def write_form(self, name, email, lines):
        """Fill the form in.

        :param lines: pairs of a text and the photographs that go with it
        """
        page = self.page
        begun = time.monotonic()
        page.fill("[name=name]", name)
        page.fill("[name=email]", email)
        for number, (text, photographs) in enumerate(lines):
            if number:
                page.click("[name=add_line]")
            page.fill(f"[name=line-{number}-text]", text)
            page.locator(f"[name=line-{number}-files]").set_input_files(
                [
                    {"name": f"foto {place}.jpg", "mimeType": "image/jpeg", "buffer": content}
                    for place, content in enumerate(photographs)
                ]
            )
        page.wait_for_timeout(max(0, LEAST_SECONDS - time.monotonic() + begun) * 1000)

    def send_form(self):
        """Send the form; returns the numbers of the cases that the next page tells."""
        self.page.click("form .c-button[type=submit]")
        self.page.wait_for_url("**/atencion/gracias/**", timeout=60_000)
        return self.page.locator(".c-list a > b").all_inner_texts()

    def open_case(self, mail):
        """Open the page of the case by the link in a mail."""
        self.page.goto(link_in(mail, "/my/cases/"))

    def write(self, text, name, content):
        """Write a message in the conversation, with a file."""
        self.page.fill(".o-mail-Composer-input", text)
        with self.page.expect_file_chooser() as chooser:
            self.page.click(".o-mail-Composer [name=upload-files]")
        chooser.value.set_files({"name": name, "mimeType": "", "buffer": content})
        self.page.locator(
            ".o-mail-Composer .o-mail-AttachmentContainer:not(.o-isUploading)"
        ).wait_for()
        self.look("attached")
        self.page.click(".o-mail-Composer-send")
        self.page.locator(".o-mail-Message", has_text=text).wait_for()

    def hand_over(self, document, name, content):
        """Hand over a file for a document, by its id."""
        line = self.page.locator(f"#document-{document}")
        file = {"name": name, "mimeType": "image/jpeg", "buffer": content}
        line.locator("[name=files]").set_input_files(file)
        with self.page.expect_navigation():
            line.locator("button").click()

    def confirm(self):
        with self.page.expect_navigation():
            self.page.click("form[action*='/confirm'] button")

    def sign(self):
        """Sign with the name that the form proposes."""
        self.page.click("#sign button")
        submit = self.page.locator(".o_portal_sign_submit:not([disabled])")
        submit.wait_for(timeout=60_000)
        # The name is drawn when the dialog has its size.
        self.page.wait_for_function("document.querySelector('#o_atencion_sign canvas').height > 0")
        self.look("signing")
        with self.page.expect_navigation(timeout=60_000):
            submit.click()

    def rate(self, comment):
        """Send the rating whose page is open."""
        self.page.fill("[name=feedback]", comment)
        with self.page.expect_navigation():
            self.page.click("main form button[type=submit]")

    def reopen(self, reason):
        self.page.click("#reopen summary")
        self.page.fill("#reopen [name=reason]", reason)
        self.look("reopening")
        with self.page.expect_navigation():
            self.page.click("#reopen form button")


def link_in(mail, part):
    """The address in a mail that has a text in it."""
    html = mail.get_body(preferencelist=("html",)).get_content()
    [first, *_others] = [link for link in LINKS.findall(html) if part in link]
    return first.replace("&amp;", "&")
