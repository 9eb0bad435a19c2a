"""Pictures of a panel: each state of a cell looks its own way, Chinese text is drawn."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import pytest

import fazhi_parse as fp
from fazhi_parse import plot

matplotlib = pytest.importorskip("matplotlib")

TEXT = "{}县{}年法治政府建设情况报告\n一、成效\n{}\n"
TEXTS = {
    "云岫县2021.txt": TEXT.format("云岫", 2021, "受理行政复议案件6件，未发生败诉案件。"),
    "云岫县2022.txt": TEXT.format("云岫", 2022, "受理行政复议案件9件。受理行政复议案件12件。"),
    "云岫县2023.txt": None,
    "沣阳县2021.txt": TEXT.format("沣阳", 2021, "受理行政复议案件0件，败诉案件2件。"),
    "沣阳县2023.txt": TEXT.format("沣阳", 2023, "受理行政复议案件31件。"),
}


@pytest.fixture(scope="module")
def panel() -> fp.Panel:
    """Two places with a value, a zero, a stated zero, a conflict, a gap and an unreadable report."""
    return fp.panel(fp.parse_many(TEXTS))


def drawn(figure: Any) -> bytes:
    """The picture as bytes; a missing glyph is a warning, and warnings are errors."""
    picture = io.BytesIO()
    figure.savefig(picture, format="png", metadata={"Software": None})
    return picture.getvalue()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_states_of_cells_look_different(panel: fp.Panel, lang: str) -> None:
    """Not reported, zero, conflict and unreadable have looks of their own, which the key names."""
    figure = plot.heatmap(panel, lang=lang)
    (axes,) = figure.axes
    looks = Counter((matplotlib.colors.to_hex(p.get_facecolor()), bool(p.get_hatch())) for p in axes.patches)
    states = Counter(row.cell(entry.id).state for row in panel.rows for entry in panel.indicators)
    assert states["conflict"] == 1 and states["unreadable"] == 2
    assert looks[plot._RED, True] == 1 and looks[plot._DARK, False] == 2
    assert looks[plot._GREY, False] == states["not_reported"]
    assert [text.get_text() for text in axes.texts].count("0") == states["zero"] + states["stated_zero"] == 2
    assert axes.get_yticklabels()[0].get_text() in ("云岫县 2021", "沣阳县 2021")
    assert len(axes.get_legend().get_texts()) == 5
    assert drawn(figure) == drawn(plot.heatmap(panel, lang=lang))
    assert figure._repr_png_().startswith(b"\x89PNG")


def test_bars_count_reports_that_could_be_read(panel: fp.Panel) -> None:
    """Shares are of those; the most frequent indicator is on top."""
    figure = plot.coverage(panel)
    (axes,) = figure.axes
    widths = [bar.get_width() for bar in axes.patches]
    assert widths == sorted(widths) and widths[-1] == 100 and "4" in axes.get_xlabel()
    assert drawn(figure)


def test_a_year_without_a_figure_is_a_gap(panel: fp.Panel) -> None:
    """A line a place; what is not reported is not joined over; contradictions are marked."""
    figure = plot.timeline(panel, "reconsideration.accepted", lang="en")
    (axes,) = figure.axes
    values = {line.get_label(): [str(y) for y in line.get_ydata()] for line in axes.lines}
    assert values["云岫县"] == ["6.0", "nan", "nan"] and values["沣阳县"] == ["0.0", "nan", "31.0"]
    assert "contradiction" in values
    assert drawn(figure)


def test_what_cannot_be_drawn_is_told(panel: fp.Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty panel, what is none, an unknown indicator, a place that does not say, too many cells, no font anywhere."""
    with pytest.raises(fp.FazhiError, match="empty"):
        plot.heatmap(fp.panel([]))
    with pytest.raises(TypeError, match="not of list"):
        plot.heatmap([])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no indicator x"):
        plot.timeline(panel, "x")
    with pytest.raises(fp.FazhiError, match="no place"):
        plot.timeline(panel, "reconsideration.accepted", places=["松岭县"])
    monkeypatch.setattr(plot, "_MOST_ROWS", 3)
    with pytest.raises(fp.FazhiError, match="too many for a picture"):
        plot.heatmap(panel)
    monkeypatch.setattr(plot, "FONTS", ())
    monkeypatch.setattr(plot, "_BROUGHT", "no_such_package")
    with pytest.raises(plot.MissingFont, match="fonts-noto-cjk"):
        plot.coverage(panel)


def test_a_machine_without_chinese_fonts_draws_with_the_one_that_the_extra_brings(
    panel: fp.Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No box stands for a character, and matplotlib's settings are as they were."""
    before = dict(matplotlib.rcParams)
    monkeypatch.setattr(plot, "FONTS", ())
    figure = plot.coverage(panel)
    assert figure.axes[0].yaxis.get_label().get_fontfamily()[0] == "Noto Sans SC"
    assert drawn(figure)
    assert dict(matplotlib.rcParams) == before
