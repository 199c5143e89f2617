"""A private apt: the machine's mirror and Debian's signatures, but lists and settings of our own.

The machine's apt is only asked for the address of its mirror. Nothing is installed.
"""

from dataclasses import dataclass
from pathlib import Path

from .errors import SetupError
from .processes import output, run_logged

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
KNOWN_RELEASES = ("bookworm", "trixie")


def debian_release() -> str:
    """The code name of this machine's Debian."""
    lines = Path("/etc/os-release").read_text().splitlines()
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    release = values.get("VERSION_CODENAME", "").strip('"')
    if release not in KNOWN_RELEASES:
        raise SetupError(
            f"This is not Debian 12 or 13 ({values.get('PRETTY_NAME', 'unknown system')}).\n"
            "Install Odoo 19 yourself and name it: ODOO_BIN=/path/to/odoo-bin ./setup/run"
        )
    return release


def mirror_of_this_machine(release: str) -> str:
    """Where the machine's own apt gets Debian from."""
    fields = "$(CODENAME) $(COMPONENT) $(REPO_URI)"
    targets = output(
        ["apt-get", "indextargets", "--format", fields, "Created-By: Packages"]
    ).splitlines()
    for target in targets:
        codename, component, address = target.split(maxsplit=2)
        if (codename, component) == (release, "main"):
            return address
    raise SetupError(
        f"apt knows no mirror for Debian {release}: its configuration (/etc/apt/sources.list or\n"
        f"/etc/apt/sources.list.d) needs a line for '{release} main'."
    )


@dataclass(frozen=True)
class PrivateApt:
    """apt-get with everything it reads and writes under one folder."""

    folder: Path
    log: Path

    def configure(self, release: str) -> None:
        for name in ("lists/partial", "cache/archives/partial"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        if not KEYRING.exists():
            raise SetupError(
                "Debian's keys are missing. As root: apt-get install debian-archive-keyring"
            )
        mirror = mirror_of_this_machine(release)
        (self.folder / "status").touch()
        (self.folder / "sources.list").write_text(
            "".join(
                f"deb [signed-by={KEYRING}] {mirror} {suite} main\n" for suite in ("sid", release)
            )
        )

    def update(self) -> None:
        run_logged(self._command("update"), self.log, "Reading the mirror's package lists")

    def download(self, packages: list[str], destination: Path) -> None:
        """Fetch packages; what an interrupted download left is checked and completed."""
        destination.mkdir(parents=True, exist_ok=True)
        command = self._command("download", *packages)
        run_logged(command, self.log, "Downloading Odoo from the mirror", cwd=destination)

    def _command(self, *arguments: str) -> list[str]:
        options = {
            "Dir::State": self.folder,
            "Dir::State::lists": self.folder / "lists",
            # An empty status: what the machine has installed plays no part.
            "Dir::State::status": self.folder / "status",
            "Dir::Cache": self.folder / "cache",
            "Dir::Etc::sourcelist": self.folder / "sources.list",
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::Etc::preferences": "/dev/null",
            "Dir::Etc::preferencesparts": "/dev/null",
            "Acquire::Languages": "none",
            "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "false",
            "Acquire::Retries": 3,
            "APT::Get::AllowUnauthenticated": "false",
            # Unless told so, root's apt becomes a user who may not enter root's cache folder.
            "APT::Sandbox::User": "root",
            "APT::Update::Error-Mode": "any",
        }
        pairs = [part for key, value in options.items() for part in ("-o", f"{key}={value}")]
        return ["apt-get", "-q", *pairs, *arguments]


def unpack(package: Path, destination: Path) -> None:
    output(["dpkg-deb", "--extract", str(package), str(destination)])


def package_version(package: Path) -> str:
    return output(["dpkg-deb", "--field", str(package), "Version"]).strip()
