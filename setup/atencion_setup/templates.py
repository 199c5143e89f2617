"""Databases made once and copied ever after: making one takes a minute, copying it a blink.

odoo     the addons of Odoo that ours are built on, with Spanish
addons   odoo and our applications, without demo data
bundles  addons, and the web client's bundles: where they are copied from
demo     addons, and our demo data, in Spanish, in Peru, and the bundles

apps     many of Odoo's apps with their demo data, for ./setup/test --all
former   odoo, our application as an earlier version had it, and some cases, to be updated
bench_…  what ./setup/bench compares (bench_databases.py)

The first four are there with bridges, too: built on the addons of Odoo that those connect to,
so that they install themselves. What our files of today have no part in is kept for all
checkouts (kept_databases.py): odoo, former, and bundles of the same files.
"""

from collections.abc import Callable
from pathlib import Path

from . import bundles, former
from .checkout import Addon, fingerprint, fingerprint_of_addons, fingerprint_of_files
from .database import EXTENSIONS, Databases
from .errors import SetupError
from .kept_databases import KeptDatabases
from .locks import exclusive
from .log_check import problems_in
from .odoo_runtime import SCRIPTS
from .processes import failure
from .progress import step

LANGUAGE = "es_PE"


def _kind(name: str, bridges: bool) -> str:
    return f"{name}_with_bridges" if bridges else name


class Templates:
    def __init__(self, databases: Databases):
        self.databases = databases
        self.runner = databases.odoo
        self.checkout = databases.odoo.checkout
        self.kept = KeptDatabases(databases)

    def odoo(self, *, bridges: bool = False) -> str:
        """What our addons are built on."""
        dependencies = self.checkout.outside_dependencies(self._own(bridges))
        key = fingerprint(self.runner.runtime.version, LANGUAGE, EXTENSIONS, *dependencies)

        def build(name: str) -> None:
            with step(f"Odoo database: {', '.join(dependencies)}"):
                self.install(name, "odoo", dependencies, f"--load-language={LANGUAGE}")

        return self.template(_kind("odoo", bridges), key, None, build, kept_by=key)

    def addons(self, *, bridges: bool = False, older: bool = False) -> str:
        """`older` will do for whoever updates it: the same version, made from other files."""
        odoo = self.odoo(bridges=bridges)
        kind, key = _kind("addons", bridges), self._key(odoo, self._own(bridges))
        name = self.name_of(kind)
        if older and self._version_of(self.databases.made_from(name)) == self._version_of(key):
            return name
        return self.template(kind, key, odoo, self._build_addons)

    def addons_are_of_today(self, *, bridges: bool = False) -> bool:
        """Whether that template is made from the files as they are."""
        key = self._key(self.odoo(bridges=bridges), self._own(bridges))
        return self.databases.made_from(self.name_of(_kind("addons", bridges))) == key

    def demo(self, *, bridges: bool = False) -> str:
        addons = self.addons(bridges=bridges)
        own = self._key(addons, self.checkout.demos)
        key = fingerprint(own, (SCRIPTS / "make_peruvian.py").read_text())

        def build(name: str) -> None:
            self._build_demo(name)
            # Nobody opens a page of the one with bridges.
            if not bridges:
                self.give_bundles(name)

        return self.template(_kind("demo", bridges), key, addons, build)

    def give_bundles(self, database: str, *, bridges: bool = False) -> None:
        """Put the web client's bundles into a database with our addons.

        Made once, and not for every change of our files: a bundle that has changed is only a
        bundle that Odoo builds again, when somebody asks for it.
        """
        key = self.databases.made_from(self.odoo(bridges=bridges))

        def build(name: str) -> None:
            with step("Odoo database: web bundles"):
                log = self.checkout.logs / "template-bundles.log"
                self.runner.run_script(name, "build_bundles.py", log)

        kind = _kind("bundles", bridges)
        if self.databases.made_from(self.name_of(kind)) == key:
            source = self.name_of(kind)
        else:
            addons = self.addons(bridges=bridges)
            source = self.template(
                kind, key, addons, build, kept_by=self._key_of_bundles(key, bridges)
            )
        bundles.hand_over(self.databases, source, database)

    def apps(self, apps: tuple[str, ...]) -> str:
        """Odoo with some of its apps and their demo data; Odoo's complaints stay in the log.

        In English alone: many of Odoo's tests fail where another language is loaded.
        """
        key = fingerprint(self.runner.runtime.version, EXTENSIONS, *apps)
        log = self.checkout.logs / "template-apps.log"

        def build(name: str) -> None:
            names = ",".join(apps)
            with step(f"Odoo database: {', '.join(apps)} with demo data"):
                options = ["-i", names, "--with-demo", "--no-http"]
                self.runner.must(name, log, f"Installing {names}", *options)

        return self.template("apps", key, None, build)

    def former(self, version: str, script: Path) -> str:
        """Our application by the last commit of a version, and what a script makes with it."""
        odoo = self.odoo()
        commit = former.last_commit(self.checkout, version)
        key = fingerprint(self.databases.made_from(odoo), commit, script.read_text())
        kind = f"former_{version.replace('.', '_')}"
        log = self.checkout.logs / f"template-{kind}-cases.log"

        def build(name: str) -> None:
            with step(f"Odoo database: version {version}"):
                with former.unpacked(self.checkout, commit) as folder:
                    path = f"--addons-path={folder}"
                    self.install(name, kind, ["atencion_cliente"], path)
                    code = self.runner.script_exit_code(name, str(script), log, path)
            if code:
                raise failure(f"Cases of version {version}", code, log)

        return self.template(kind, key, odoo, build, kept_by=key)

    def _own(self, bridges: bool) -> list[Addon]:
        applications = self.checkout.applications
        return [*applications, *self.checkout.bridges] if bridges else applications

    def _key(self, source: str, addons: list[Addon]) -> str:
        """Two fingerprints: of the versions, then of the files."""
        versions = [addon.manifest["version"] for addon in addons]
        made_from = fingerprint(self.databases.made_from(source), *versions)
        return f"{made_from} {fingerprint_of_addons(addons)}"

    def _key_of_bundles(self, odoo: str, bridges: bool) -> str:
        folders = [addon.folder / "static" for addon in self._own(bridges)]
        assets = [str(addon.manifest.get("assets")) for addon in self._own(bridges)]
        return fingerprint(odoo, *assets, fingerprint_of_files(folders))

    def _version_of(self, key: str) -> str:
        return key.split(" ")[0]

    def name_of(self, kind: str) -> str:
        return f"{self.databases.prefix}_template_{kind}"

    def template(
        self,
        kind: str,
        key: str,
        source: str | None,
        build: Callable[[str], None],
        *,
        kept_by: str = "",
    ) -> str:
        """The template of this kind, made anew when what it is made from has changed.

        :param kept_by: the key of all that it is made from, for one that all checkouts share
        """
        databases = self.databases
        name = self.name_of(kind)
        with exclusive(databases.locks / f"template-{kind}"):
            if databases.exists(name) and databases.made_from(name) == key:
                return name
            with databases.disposable_name("building") as unfinished:

                def make() -> None:
                    databases.create_from(source, unfinished)
                    build(unfinished)

                if kept_by:
                    self.kept.restore_or_make(unfinished, kind, kept_by, make)
                else:
                    make()
                databases.note_made_from(unfinished, key)
                databases.drop(name)
                databases.rename(unfinished, name)
        return name

    def _build_addons(self, name: str) -> None:
        own = [addon.name for addon in self.checkout.applications]
        with step(f"Odoo database: {', '.join(own)}"):
            self.install(name, "addons", own)

    def _build_demo(self, name: str) -> None:
        demos = [addon.name for addon in self.checkout.demos]
        with step(f"Odoo database: {', '.join(demos)}"):
            self._make_peruvian(name)
            self.install(name, "demo", demos)
            # The users and customers that the demo data made speak Spanish, too.
            self._make_peruvian(name)

    def _make_peruvian(self, name: str) -> None:
        log = self.checkout.logs / "template-make_peruvian.log"
        self.runner.run_script(name, "make_peruvian.py", log)

    def install(self, name: str, kind: str, addons: list[str], *arguments: str) -> None:
        """Odoo ends well even when it complained, so its log is read, too."""
        log = self.checkout.logs / f"template-{kind}.log"
        purpose = f"Installing {', '.join(addons)}"
        self.runner.must(name, log, purpose, "-i", ",".join(addons), "--no-http", *arguments)
        problems = problems_in(log)
        if problems:
            listed = "\n".join(f"    {problem}" for problem in problems[:5])
            raise SetupError(f"{purpose}: Odoo complained ({log}).\n{listed}")
