"""Pictures of a panel: what is reported where, how often, and how it went over the years (extra `plot`)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import FazhiError, display_width, near_to
from .extras import extra_module
from .indicators import Indicator
from .labels import check_language, label
from .panels import Panel, PanelRow

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["FONTS", "MissingFont", "coverage", "heatmap", "timeline"]

FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "Microsoft YaHei", "PingFang SC",
    "Hiragino Sans GB", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Serif CJK SC", "SimSun",
    "Arial Unicode MS", "Noto Sans CJK JP",
)  # fmt: skip
"""Fonts with Chinese characters: the first one that is installed is taken, else the one that the extra `plot` brings."""
_BROUGHT = "zhplot"
"""The package that brings Noto Sans SC; it is not imported, for that would change matplotlib's settings."""
_GREY, _DARK, _RED = "#eeeeee", "#777777", "#f4b6a0"
_MOST_ROWS, _MOST_COLUMNS = 400, 200
"""More could not be read in a picture."""


class MissingFont(FazhiError):
    """No font with Chinese characters is at hand: place names would be drawn as empty boxes."""

    def __init__(self) -> None:
        super().__init__(
            f"no font with Chinese characters is installed: pip install {_BROUGHT}, which the extra 'plot' brings, or "
            "install one in the system (Debian, Ubuntu: apt install fonts-noto-cjk; "
            "Fedora: dnf install google-noto-sans-cjk-fonts)"
        )


def heatmap(panel: Panel, *, indicators: Iterable[str] | None = None, lang: str = "zh") -> Figure:
    """Every cell of a panel: a row a place and year, a column an indicator.

    The darker a cell, the higher the value beside those of the same indicator (on a logarithmic scale where they
    span more than a hundredfold). White with 0 is a zero; light grey is not reported; red and hatched are figures that
    contradict each other; dark grey is a report that could not be read.

    Args:
        panel: What to draw.
        indicators: Ids of the columns; by default all that the panel has.
        lang: zh or en.

    Raises:
        FazhiError: The panel is empty, or too large to be read in a picture.
        MissingExtra: matplotlib is not installed.
        MissingFont: No font with Chinese characters is at hand.
    """
    columns = _columns(panel, indicators)
    if len(panel.rows) > _MOST_ROWS or len(columns) > _MOST_COLUMNS:
        raise FazhiError(
            f"{len(panel.rows)} rows and {len(columns)} indicators are too many for a picture "
            f"(at most {_MOST_ROWS} and {_MOST_COLUMNS}): choose years, places or indicators"
        )
    names, row_names = [_name(entry, lang) for entry in columns], [_row_name(row) for row in panel.rows]
    # room for the names: those of the columns stand askew
    size = (
        max(8.0, 1.5 + max(_inches(row_names), _inches(names) / 2) + 0.34 * len(columns)),
        1.5 + _inches(names) + 0.27 * len(panel.rows),
    )
    with _style(lang):
        figure, axes = _figure(size)
        colours = extra_module("matplotlib", "plot", "a picture").colormaps["YlGnBu"]
        for x, entry in enumerate(columns):
            shades = _shades([_value(row, entry.id) for row in panel.rows])
            for y, (row, shade) in enumerate(zip(panel.rows, shades, strict=True)):
                _cell(axes, x, y, row.cell(entry.id).state, None if shade is None else colours(shade))
        axes.set_xlim(0, len(columns))
        axes.set_ylim(len(panel.rows), 0)
        axes.set_xticks([x + 0.5 for x in range(len(columns))], names)
        axes.tick_params(axis="x", rotation=60, length=0)
        for tick in axes.get_xticklabels():
            tick.set_horizontalalignment("right")
            tick.set_rotation_mode("anchor")
        axes.set_yticks([y + 0.5 for y in range(len(panel.rows))], row_names)
        axes.tick_params(axis="y", length=0)
        _key(axes, lang)
    return figure


def coverage(
    panel: Panel, *, indicators: Iterable[str] | None = None, most: int = 40, lang: str = "zh"
) -> Figure:
    """How many of the reports that could be read state each indicator, as bars, the most frequent on top.

    Args:
        panel: What to draw.
        indicators: Ids of the indicators; by default all that the panel has.
        most: So many bars at most.
        lang: zh or en.

    Raises:
        FazhiError: The panel is empty.
        MissingExtra: matplotlib is not installed.
        MissingFont: No font with Chinese characters is at hand.
    """
    columns = _columns(panel, indicators)
    read = [row for row in panel.rows if not row.unreadable]
    stated = Counter(
        {
            e.id: sum(row.cell(e.id).state not in ("not_reported", "unreadable") for row in read)
            for e in columns
        }
    )
    shown = sorted(columns, key=lambda entry: -stated[entry.id])[:most][::-1]
    with _style(lang):
        figure, axes = _figure((7.5, 1.4 + 0.27 * len(shown)))
        shares = [100 * stated[entry.id] / max(1, len(read)) for entry in shown]
        bars = axes.barh([_name(entry, lang) for entry in shown], shares, color="#4c8fb8", height=0.72)
        axes.bar_label(bars, [f"{stated[entry.id]}" for entry in shown], padding=3, fontsize=8)
        axes.set_xlim(0, 108)
        axes.set_xlabel(label("plot", "share", lang).format(len(read)))
        axes.spines[["top", "right"]].set_visible(False)
    return figure


def timeline(
    panel: Panel, indicator: str, *, places: Iterable[str] | None = None, lang: str = "zh"
) -> Figure:
    """One indicator over the years, a line a place; a year that is not reported leaves a gap.

    Args:
        panel: What to draw.
        indicator: Its id.
        places: Names of the places; by default all (more than ten are hard to tell apart).
        lang: zh or en.

    Raises:
        FazhiError: The panel is empty, or no such place states the indicator.
        ValueError: The panel has no such indicator.
        MissingExtra: matplotlib is not installed.
        MissingFont: No font with Chinese characters is at hand.
    """
    (entry,) = _columns(panel, [indicator])
    wanted = None if places is None else set(places)
    lines: dict[str, dict[int, float]] = {}
    doubtful: list[int] = []
    for row in panel.rows:
        if wanted is None or row.place in wanted:
            value = _value(row, indicator)
            if value is not None:
                lines.setdefault(_place(row), {})[row.year] = value
            elif row.cell(indicator).state == "conflict":
                doubtful.append(row.year)
    if not lines:
        raise FazhiError(f"no place of the panel states {indicator}")
    years = [year for values in lines.values() for year in values] + doubtful
    span = range(min(years), max(years) + 1)
    with _style(lang):
        figure, axes = _figure((7.5, 4.2))
        for name, values in lines.items():
            axes.plot(span, [values.get(year, math.nan) for year in span], marker="o", label=name)
        if doubtful:
            at = [0.02] * len(doubtful)
            axes.plot(doubtful, at, "x", color="#c0392b", transform=axes.get_xaxis_transform(), label=label("plot", "conflict", lang))  # fmt: skip
        axes.set_title(_name(entry, lang))
        axes.set_ylabel(entry.unit)
        axes.set_xticks(list(span))
        axes.set_ylim(bottom=0)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False, fontsize=9, loc="center left", bbox_to_anchor=(1.0, 0.5))
    return figure


# -- what is drawn -----------------------------------------------------------------------------


def _columns(panel: Panel, wanted: Iterable[str] | None) -> list[Indicator]:
    if not isinstance(panel, Panel):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"a picture is drawn of a panel, fp.panel(documents), not of {type(panel).__name__}")
    if not panel.rows:
        raise FazhiError("the panel is empty: there is nothing to draw")
    known = {entry.id: entry for entry in panel.indicators}
    if wanted is None:
        return list(known.values())
    ids = list(wanted)
    if missing := [id for id in ids if id not in known]:
        raise ValueError(f"the panel has no indicator {', '.join(missing)}{near_to(missing, known)}")
    return [known[id] for id in ids]


def _value(row: PanelRow, indicator: str) -> float | None:
    value = row.cell(indicator).value
    if value is None:
        return None
    whole, _, part = value.partition("/")
    return float(whole) / float(part or 1)


_WIDE = 100
"""Values that span more than this factor are shaded by their logarithm."""


def _shades(values: Sequence[float | None]) -> list[float | None]:
    """How dark each value is beside the others, .12 to .95; None where there is none, or a zero."""
    positive = [value for value in values if value]
    if not positive:
        return [None] * len(values)
    low, high = min(positive), max(positive)
    scale = math.log if low > 0 and high / low > _WIDE else float
    spread = scale(high) - scale(low)
    return [
        0.12 + 0.83 * ((scale(value) - scale(low)) / spread if spread else 0.5) if value else None
        for value in values
    ]


def _cell(axes: Axes, x: int, y: int, state: str, colour: Any) -> None:
    patches = extra_module("matplotlib.patches", "plot", "a picture")
    looks: dict[str, dict[str, Any]] = {
        "not_reported": {"facecolor": _GREY},
        "conflict": {"facecolor": _RED, "hatch": "////", "edgecolor": "#a04030", "linewidth": 0},
        "unreadable": {"facecolor": _DARK},
    }
    look = looks.get(state, {"facecolor": colour or "white"})
    axes.add_patch(patches.Rectangle((x + 0.03, y + 0.03), 0.94, 0.94, **look))
    if state in ("zero", "stated_zero"):
        axes.text(x + 0.5, y + 0.52, "0", ha="center", va="center", fontsize=8)


def _key(axes: Axes, lang: str) -> None:
    patches = extra_module("matplotlib.patches", "plot", "a picture")
    swatch = patches.Patch
    axes.legend(
        handles=[
            swatch(facecolor="#41b6c4", label=label("plot", "value", lang)),
            swatch(facecolor="white", edgecolor="#999999", label=label("plot", "zero", lang)),
            swatch(facecolor=_GREY, edgecolor="#cccccc", label=label("plot", "not_reported", lang)),
            swatch(facecolor=_RED, hatch="////", edgecolor="#a04030", label=label("plot", "conflict", lang)),
            swatch(facecolor=_DARK, label=label("plot", "unreadable", lang)),
        ],
        loc="lower left",
        bbox_to_anchor=(0, 1.01),
        ncols=5,
        frameon=False,
        fontsize=9,
        columnspacing=1.0,
        handlelength=1.2,
    )


def _inches(names: Iterable[str]) -> float:
    """Length of the longest name in print, in inches."""
    return max(display_width(name) for name in names) * 0.075


def _name(entry: Indicator, lang: str) -> str:
    return (entry.zh if lang == "zh" else entry.en) or entry.id


def _place(row: PanelRow) -> str:
    return f"{row.place} {row.department}".strip()


def _row_name(row: PanelRow) -> str:
    return f"{_place(row)} {row.year}"


# -- how it is drawn ---------------------------------------------------------------------------


def _figure(size: tuple[float, float]) -> tuple[Figure, Axes]:
    figure = _shown_figure()(figsize=size, layout="constrained")
    return figure, figure.subplots()


@cache
def _shown_figure() -> Any:
    """A kind of figure that notebooks show by themselves, and that nobody has to close, unlike those of pyplot."""
    plain: Any = extra_module("matplotlib.figure", "plot", "a picture").Figure

    def png(self: Any) -> bytes:
        picture = BytesIO()
        self.savefig(picture, format="png")
        return picture.getvalue()

    return type("Figure", (plain,), {"_repr_png_": png})


def _style(lang: str) -> AbstractContextManager[None]:
    check_language(lang)
    matplotlib = extra_module("matplotlib", "plot", "a picture")
    context: AbstractContextManager[None] = matplotlib.rc_context(
        # a name may hold dollar signs, which are no formulas
        {"font.family": [_font(), "DejaVu Sans"], "axes.unicode_minus": False, "text.parse_math": False}
    )
    return context


def _font() -> str:
    manager = extra_module("matplotlib.font_manager", "plot", "a picture").fontManager
    installed = {font.name for font in manager.ttflist}
    for name in FONTS:
        if name in installed:
            return name
    for path in _brought_fonts():
        manager.addfont(path)
        font: Any = extra_module("matplotlib.font_manager", "plot", "a picture").FontProperties(fname=path)
        return str(font.get_name())
    raise MissingFont


def _brought_fonts() -> Iterator[Path]:
    """The font files of the package that the extra brings, where it is there."""
    package = find_spec(_BROUGHT)
    for folder in (package and package.submodule_search_locations) or ():
        yield from sorted(Path(folder).glob("fonts/*.ttf"))
