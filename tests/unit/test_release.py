"""./setup/release tags what is committed, by the changelog's entry of its version."""

import subprocess

import pytest
from atencion_setup.checkout import Checkout, open_checkout
from atencion_setup.errors import SetupError
from atencion_setup.release_command import entries, main

CHANGELOG = """# Changelog

## 19.0.1.1.0 (2026-11-22)

### New

- Rules.

## 19.0.1.0.0 (2026-11-21)

The first version.
"""


class Repository:
    def __init__(self, root):
        self.root = root
        self.git("init", "--quiet")
        self.git("config", "user.name", "Tester")
        self.git("config", "user.email", "tester@example.com")
        self.write("CHANGELOG.md", CHANGELOG)

    def git(self, *arguments):
        command = ["git", *arguments]
        return subprocess.run(
            command, cwd=self.root, check=True, capture_output=True, text=True
        ).stdout

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    def commit(self, version):
        self.write("shop/__manifest__.py", f'{{"version": "{version}", "application": True}}\n')
        self.git("add", ".")
        self.git("commit", "--quiet", "-m", f"Version {version}")

    def release(self, *arguments):
        return main(list(arguments), Checkout(self.root))

    @property
    def tags(self):
        return self.git("tag").split()


@pytest.fixture
def repository(tmp_path):
    repository = Repository(tmp_path)
    repository.commit("19.0.1.0.0")
    repository.commit("19.0.1.1.0")
    return repository


def test_the_version_is_tagged_with_what_the_changelog_says_of_it(repository):
    assert repository.release() == 0
    assert repository.tags == ["19.0.1.1.0"]
    message = repository.git("tag", "--list", "--format=%(contents)", "19.0.1.1.0")
    assert message.strip() == "19.0.1.1.0 (2026-11-22)\n\n### New\n\n- Rules."
    commit = repository.git("rev-parse", "19.0.1.1.0^{commit}")
    assert commit == repository.git("rev-parse", "HEAD")


def test_an_older_commit_is_tagged_as_the_version_that_it_was(repository):
    repository.release("HEAD~1")
    commit = repository.git("rev-parse", "19.0.1.0.0^{commit}")
    assert commit == repository.git("rev-parse", "HEAD~1")


def test_a_check_makes_no_tag(repository, capsys):
    assert repository.release("--check") == 0
    assert repository.tags == []
    assert "- Rules." in capsys.readouterr().out


def test_a_version_is_tagged_once(repository):
    repository.release()
    with pytest.raises(SetupError, match="There is a tag 19.0.1.1.0 already"):
        repository.release()


def test_what_is_not_committed_is_not_released(repository):
    repository.write("new.py", "")
    with pytest.raises(SetupError, match="not committed"):
        repository.release()


@pytest.mark.parametrize("version", ["19.0.1.2.0", "19.0.1.0.0"])
def test_the_newest_of_the_changelog_is_the_version_of_the_manifest(repository, version):
    repository.commit(version)
    with pytest.raises(SetupError, match="newest of CHANGELOG.md is 19.0.1.1.0"):
        repository.release()
    assert repository.tags == []


def test_an_older_version_without_an_entry_is_not_tagged(repository):
    repository.commit("19.0.1.0.5")
    with pytest.raises(SetupError, match="no entry"):
        repository.release("HEAD")


def test_our_changelog_begins_with_our_version():
    checkout = open_checkout()
    [application] = [addon for addon in checkout.addons if addon.manifest.get("application")]
    known = entries((checkout.root / "CHANGELOG.md").read_text())
    assert known[0].version == application.manifest["version"]
    versions = [tuple(map(int, entry.version.split("."))) for entry in known]
    assert versions == sorted(set(versions), reverse=True)
