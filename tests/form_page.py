"""A form in the layout of customers' pages, and what a browser sends from it.

It has the marks that the scripts of the layout look for, and no route behind it: a test answers.
"""

import email.parser
import email.policy
from dataclasses import dataclass

LINE = """
<fieldset data-atencion-line="">
    <legend>Desperfecto 1</legend>
    <div class="c-field">
        <label for="line-0-text">¿Qué sucede?</label>
        <textarea id="line-0-text" name="line-0-text" required="required"></textarea>
    </div>
    <div class="c-field">
        <label for="line-0-files">Fotografías</label>
        <span class="c-hint" id="line-0-files-hint">Hasta 10.</span>
        <input type="file" multiple="multiple" data-atencion-photos="" id="line-0-files"
               name="line-0-files" aria-describedby="line-0-files-hint" />
    </div>
</fieldset>
"""
FORM = f"""
<form method="post" enctype="multipart/form-data" data-atencion-form="a form of a test">
    <input type="hidden" name="csrf_token" value="x" />
    <input type="hidden" name="once" data-atencion-once="" t-att-value="time.time()" />
    <div class="c-field">
        <label for="name">Nombre</label>
        <input id="name" name="name" required="required" />
    </div>
    <div class="c-field">
        <label><input type="checkbox" name="agreed" value="1" /> Es urgente</label>
    </div>
    <div class="c-lines">{LINE}</div>
    <p><button name="add_line" value="1" class="c-plain" formnovalidate="formnovalidate">
        Agregar otro</button></p>
    <button type="submit" class="c-button">Enviar</button>
</form>
"""
THANKS = '<p class="c-note">AC-2026-00001</p>'


@dataclass(frozen=True)
class Sent:
    """What a browser sent: fields and files by their names."""

    fields: dict
    files: dict

    @classmethod
    def of(cls, request):
        head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
        parser = email.parser.BytesParser(policy=email.policy.HTTP)
        fields, files = {}, {}
        for part in parser.parsebytes(head + request.post_data_buffer).iter_parts():
            name, content = part.get_param("name", header="content-disposition"), part.get_content()
            if part.get_filename() is None:
                fields[name] = content
            elif part.get_filename():
                content = content.encode() if isinstance(content, str) else content
                files.setdefault(name, []).append((part.get_filename(), content))
        return cls(fields, files)


def create_page(admin, name, title, content):
    """Have the server show a page in the layout; returns its address.

    :param admin: a function that calls methods with the rights of an administrator
    """
    key = f"atencion_cliente.test_page_{name}"
    arch = f"""
        <t t-name="{key}">
            <t t-call="atencion_cliente.bare_layout">
                <t t-set="company" t-value="res_company" />
                <t t-set="page_title">{title}</t>
                {content}
            </t>
        </t>"""
    view = {"name": key, "key": key, "type": "qweb", "arch": arch}
    report = {"name": key, "model": "res.company", "report_type": "qweb-html", "report_name": key}
    admin("ir.ui.view", "create", [view])
    admin("ir.actions.report", "create", [report])
    return f"/report/html/{key}/1"


class FormPage:
    """The form in a page of the browser. Each answer is used once; without any, the line is dead.

    An answer is a status, headers and a body, as Playwright's ``fulfill`` takes them.
    """

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.answers, self.sent = [], []
        page.route(f"**{address}", self._answer)

    def _answer(self, route):
        if route.request.method != "POST":
            route.continue_()
            return
        self.sent.append(Sent.of(route.request))
        if self.answers:
            route.fulfill(**self.answers.pop(0))
        else:
            route.abort()

    def open(self):
        self.page.goto(self.address)
        self.kept.wait_for()
        return self

    @property
    def kept(self):
        """The box that says that the text is kept, which scripts add."""
        return self.page.locator("[data-part=kept]")

    @property
    def again(self):
        return self.page.locator("[data-part=again]")

    def line(self, number):
        return self.page.locator("[data-atencion-line]").nth(number)

    def text(self, number=0):
        return self.page.locator(f"[name=line-{number}-text]")

    def attach(self, *files, number=0):
        """Choose files, pairs of name and content, and wait until they are taken."""
        named = [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
        self.choose(named, number)

    def choose(self, files, number=0):
        """Choose files as Playwright takes them, and wait until they are looked at."""
        self.page.locator(f"[name=line-{number}-files]").set_input_files(files)
        self.page.locator("[data-said=preparing]").wait_for(state="detached")

    def names(self, number=0):
        """The names of the files that a line shows."""
        return self.line(number).locator(".c-file [data-part=name]").all_inner_texts()

    def send(self):
        self.page.click("button[type=submit]")
        self.page.locator(".c-progress").wait_for(state="detached", timeout=60_000)
