"""The plots of a report: ratios with their marks, and growth between sizes."""

from pathlib import Path

import matplotlib

matplotlib.use("agg")

from matplotlib import pyplot as plt  # noqa: E402
from matplotlib.lines import Line2D  # noqa: E402
from matplotlib.patches import Patch  # noqa: E402
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter  # noqa: E402

from .marks import Verdict  # noqa: E402
from .sides import OURS, PEER, SIDES  # noqa: E402

COLOURS = {
    Verdict.MET: "#2a9d8f",
    Verdict.MUST_ONLY: "#e9c46a",
    Verdict.MISSED: "#d1495b",
    Verdict.UNKNOWN: "#8d99ae",
}
LABELS = {
    Verdict.MET: "its mark is met",
    Verdict.MUST_ONLY: "only the must is met",
    Verdict.MISSED: "its mark is missed",
    Verdict.UNKNOWN: "no mark at this size",
}
TICKS = {1_000: "1k", 10_000: "10k", 100_000: "100k"}
LINES = {OURS: "#2a9d8f", PEER: "#8d99ae"}


def draw(rows, folder: Path) -> None:
    plt.rcParams |= {"font.size": 9, "axes.spines.top": False, "axes.spines.right": False}
    _ratios(rows, folder / "ratios.png")
    _growth(rows, folder / "growth.png")


def _ratios(rows, file: Path) -> None:
    """A bar a row, short is fast; ticks show where it must end."""
    shown = [row for row in rows if _ratio(row) is not None]
    if not shown:
        return
    figure, axes = plt.subplots(figsize=(9.5, 0.27 * len(shown) + 1.6))
    places = range(len(shown) - 1, -1, -1)
    values = [_ratio(row) for row in shown]
    colours = [COLOURS[row.verdict] for row in shown]
    axes.barh(places, values, left=0, height=0.62, color=colours)
    for place, row, value in zip(places, shown, values, strict=True):
        axes.text(value * 1.05, place, f"{value:.2f}", va="center", fontsize=8)
        mark = row.workload.mark
        if mark and row.verdict is not Verdict.UNKNOWN:
            axes.vlines(mark.must, place - 0.42, place + 0.42, color="black", linewidth=1.6)
    axes.axvline(1, color="#555555", linewidth=0.8, linestyle=":")
    axes.set_xscale("log")
    axes.set_xlim(0.01, max(2, *values) * 1.8)
    axes.set_xticks([0.01, 0.03, 0.1, 0.3, 1], ["0.01", "0.03", "0.1", "0.3", "1 = peer"])
    largest = max(row.largest for row in shown)
    axes.set_yticks(places, [_label(row, largest) for row in shown])
    axes.set_ylim(-0.8, len(shown) - 0.2)
    axes.set_title(
        f"Time of processors for the same work, {SIDES[PEER].title} = 1, {largest:,} cases",
        loc="left",
        fontsize=10,
    )
    used = [verdict for verdict in Verdict if any(row.verdict == verdict for row in shown)]
    handles = [Patch(color=COLOURS[verdict], label=LABELS[verdict]) for verdict in used]
    handles.append(Line2D([], [], color="black", marker="|", linestyle="", label="must end here"))
    axes.legend(
        handles=handles,
        ncols=len(handles),
        fontsize=8,
        frameon=False,
        loc="upper center",
        bbox_to_anchor=(0.3, -0.05 - 0.6 / len(shown)),
    )
    figure.savefig(file, dpi=130, bbox_inches="tight")
    plt.close(figure)


def _label(row, largest: int) -> str:
    at = "" if row.largest == largest else f" ({row.largest:,})"
    return row.workload.title + at


def _ratio(row):
    memory = row.workload.mark and row.workload.mark.unit == "memory"
    return row.ratio(row.largest, "memory" if memory else "cpu")


def _growth(rows, file: Path) -> None:
    """A small plot a row: time by number of cases, both on logarithmic scales."""
    shown = [row for row in rows if len(row.figures) > 1 and not _is_memory(row)]
    if not shown:
        return
    across = 5
    down = -(-len(shown) // across)
    figure, grid = plt.subplots(down, across, figsize=(13, 2.1 * down), sharex=True, squeeze=False)
    for axes, row in zip(grid.flat, shown, strict=False):
        for side, colour in LINES.items():
            sizes = [size for size in sorted(row.figures) if side in row.figures[size]]
            needed = [row.of(side, "cpu", size) * 1000 for size in sizes]
            axes.plot(sizes, needed, marker="o", markersize=3, color=colour)
        limits = sorted(row.limits.items())
        axes.plot(
            [size for size, _s in limits],
            [s * 1000 for _size, s in limits],
            color="#bbbbbb",
            linestyle=":",
        )
        axes.set_xscale("log")
        axes.set_yscale("log")
        low, high = axes.get_ylim()
        axes.set_ylim(low / 2, high * 2)
        axes.set_xticks(list(TICKS), list(TICKS.values()))
        axes.yaxis.set_major_locator(LogLocator(numticks=4))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _place: f"{value:g}"))
        axes.yaxis.set_minor_formatter(NullFormatter())
        axes.minorticks_off()
        axes.set_title(_in_two_lines(row.workload.title), fontsize=7.5, loc="left")
        axes.tick_params(labelsize=7)
    for axes in list(grid.flat)[len(shown) :]:
        axes.axis("off")
    handles = [Line2D([], [], color=LINES[side], label=SIDES[side].title) for side in LINES]
    handles.append(Line2D([], [], color="#bbbbbb", linestyle=":", label="plain SQL"))
    figure.legend(handles=handles, ncols=3, loc="upper center", frameon=False)
    figure.supylabel("ms of processors, a unit", fontsize=9)
    figure.supxlabel("cases", fontsize=9)
    figure.tight_layout(rect=(0, 0, 1, 0.97))
    figure.savefig(file, dpi=120)
    plt.close(figure)


def _is_memory(row) -> bool:
    return bool(row.workload.mark) and row.workload.mark.unit == "memory"


def _in_two_lines(title: str) -> str:
    if len(title) <= 32:
        return title
    cut = title.rfind(" ", 0, 32)
    return f"{title[:cut]}\n{title[cut + 1 :]}"
