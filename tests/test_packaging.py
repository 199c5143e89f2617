"""The addons as wheels: complete, licensed, and all that Odoo needs to install them."""

import re
import subprocess
import sys
import zipfile
from email.parser import HeaderParser

import pytest
from atencion_setup.log_check import problems_in, read_log

BUILD = "import sys; from whool.buildapi import build_wheel; build_wheel(sys.argv[1])"
INSTALL = ["-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target"]
INSTALLED = "SELECT name, latest_version FROM ir_module_module WHERE state = 'installed'"


@pytest.fixture(scope="module")
def addons(checkout):
    """What is released: everything but demo data."""
    return [*checkout.applications, *checkout.bridges]


@pytest.fixture(scope="module")
def wheels(addons, tmp_path_factory):
    """One wheel an addon, by its name: of the files that git knows."""
    wheels = {}
    for addon in addons:
        folder = tmp_path_factory.mktemp(addon.name)
        command = [sys.executable, "-c", BUILD, str(folder)]
        subprocess.run(command, cwd=addon.folder, check=True)
        [wheels[addon.name]] = folder.iterdir()
    return wheels


def test_wheels_have_the_version_of_their_addon_and_the_licence(checkout, addons, wheels):
    licence = (checkout.root / "LICENSE").read_bytes()
    for addon in addons:
        with zipfile.ZipFile(wheels[addon.name]) as wheel:
            assert wheel.read(f"odoo/addons/{addon.name}/LICENSE") == licence
            [name] = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
            metadata = HeaderParser().parsestr(wheel.read(name).decode())
        assert metadata["Version"] == addon.manifest["version"]
        assert metadata.get_payload().startswith("===")  # the README


def test_icons_have_the_size_of_icons(addons):
    for addon in addons:
        icon = (addon.folder / "static" / "description" / "icon.png").read_bytes()
        # The header of a PNG: width and height are its bytes 16 to 23.
        size = int.from_bytes(icon[16:20], "big"), int.from_bytes(icon[20:24], "big")
        assert (addon.name, size) == (addon.name, (128, 128))


def test_the_description_shows_small_pictures_and_runs_nothing(checkout):
    [application] = checkout.applications
    folder = application.folder / "static" / "description"
    page = (folder / "index.html").read_text()
    assert "<script" not in page and "://" not in page
    pictures = [folder / name for name in re.findall(r'src="([^"]+)"', page)]
    assert len(pictures) == 3
    sizes = [picture.stat().st_size for picture in pictures]
    assert max(sizes) < 150_000 and sum(sizes) < 400_000
    for name in application.manifest["images"]:
        assert (application.folder / name) in pictures


def test_odoo_installs_the_addons_from_their_wheels(session, addons, wheels, tmp_path):
    subprocess.run([sys.executable, *INSTALL, tmp_path, *wheels.values()], check=True)
    folder = tmp_path / "odoo" / "addons"
    log = tmp_path / "install.log"
    names = ",".join(addon.name for addon in addons)
    with session.databases.disposable(session.templates.odoo(bridges=True)) as database:
        options = [f"--addons-path={folder}", "-i", names, "--no-http"]
        session.odoo.must(database, log, "Installing the wheels", *options)
        installed = session.databases.server.query(INSTALLED, database)
    assert [str(problem) for problem in problems_in(log)] == []
    [paths] = [line.message for line in read_log(log) if "addons paths" in line.message]
    assert f"'{folder}'" in paths and f"'{session.checkout.root}'" not in paths
    for addon in addons:
        assert [addon.name, addon.manifest["version"]] in installed
