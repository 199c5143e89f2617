"""./setup/bench: the same work by this application and by another one, side by side."""

import argparse
import json
import subprocess
from datetime import date
from pathlib import Path

from . import bench_machine, bench_recording
from .bench_databases import CODE, OURS, PEER, BenchDatabases
from .checkout import Checkout
from .errors import SetupError
from .progress import say, step
from .python_environment import drawing_tools
from .session import open_session

SIZES = (1_000, 10_000, 100_000)
SHORT_SIZES = (1_000, 5_000)
SHORT_EFFORT = 0.4


def main(arguments: list[str], checkout: Checkout) -> int:
    options = _parser().parse_args(arguments)
    with open_session(checkout, tests=options.record) as session:
        databases = BenchDatabases(session)
        if options.remove:
            databases.remove()
            return 0
        databases.fetch_peer()
        if options.record:
            bench_recording.record(session, databases)
            return 0
        result = _measure(databases, options)
        folder = _folder(checkout, options)
        _report(checkout, result, folder)
        if not options.keep:
            databases.remove()
    say(f"\n{folder / 'results.md'}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./setup/bench",
        description="Measure this application beside OCA's helpdesk_mgmt.",
    )
    parser.add_argument("size", nargs="*", type=int, help=f"numbers of cases: {SIZES}")
    parser.add_argument("--short", action="store_true", help="small sizes, few repeats")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="ROW", help="rows whose key begins with this"
    )
    parser.add_argument(
        "--keep", action="store_true", help="keep databases for another run on this day"
    )
    parser.add_argument("--remove", action="store_true", help="only remove what was kept")
    parser.add_argument(
        "--record", action="store_true", help="only record what the web client asks for"
    )
    return parser


def _measure(databases: BenchDatabases, options) -> Path:
    """Measure size by size; what each row needed is a line of JSON."""
    result = databases.folder / "result.jsonl"
    result.unlink(missing_ok=True)
    begun = {"date": str(date.today())} | bench_machine.describe(databases.session)
    result.write_text(json.dumps(begun) + "\n")
    sizes = options.size or (SHORT_SIZES if options.short else SIZES)
    effort = SHORT_EFFORT if options.short else 1
    for size in sorted(sizes):
        names = {side: databases.filled(side, size) for side in (OURS, PEER)}
        job = {"size": size, "databases": names, "only": options.only, "effort": effort}
        with step(f"Bench: {size:,} tickets"):
            job["result"] = str(result)
            databases.run(names[OURS], "measuring.measure", str(size), job=job)
            _export(databases, names, job)
    return result


def _export(databases: BenchDatabases, names: dict[str, str], job: dict) -> None:
    """Exports in a process each, whose memory is that of nothing else."""
    if job["only"] and not any(name.startswith("export") for name in job["only"]):
        return
    for side in (PEER, OURS):
        size = job["size"]
        options = {"name": side, "size": size, "result": job["result"]}
        databases.run(names[side], "exporting.measure", f"{side}-{size}", **options)


def _folder(checkout: Checkout, options) -> Path:
    """Where the report goes: only a whole run is one to keep."""
    whole = not (options.short or options.only or options.size)
    folder = checkout.root / "docs" / "bench" if whole else checkout.state / "bench" / "report"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _report(checkout: Checkout, result: Path, folder: Path) -> None:
    python = drawing_tools(checkout) / "python"
    command = [str(python), "-m", "atencion_bench.report", str(result), str(folder)]
    done = subprocess.run(command, cwd=CODE.parent, check=False)
    if done.returncode:
        raise SetupError("The report could not be written.")
