"""The notebooks and scripts of `examples/` run as they stand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.mark.parametrize("notebook", sorted(path.name for path in EXAMPLES.glob("*.ipynb")))
def test_a_notebook_runs(notebook: str) -> None:
    """From its first cell to its last, without an error or a warning, and shows something."""
    pytest.importorskip("nbclient")
    code = (
        "import sys, nbformat\nfrom nbclient import NotebookClient\n"
        "book = nbformat.read(sys.argv[1], 4)\n"
        "NotebookClient(book, timeout=300, kernel_name='python3').execute()\n"
        "outputs = [o for c in book.cells if c.cell_type == 'code' for o in c.outputs]\n"
        "errors = [o for o in outputs if o.get('name') == 'stderr']\n"
        "assert outputs and not errors, errors\n"
    )
    _run([sys.executable, "-c", code, notebook])


def test_notebooks_hold_no_outputs() -> None:
    """What they show is made where they are run, and never out of date."""
    for path in EXAMPLES.glob("*.ipynb"):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in cells)


def test_chunks_for_retrieval() -> None:
    """One JSON object a piece, with document, span and headings; every report gives some."""
    records = [json.loads(line) for line in _run([sys.executable, "retrieval_chunks.py"]).splitlines()]
    assert {Path(r["document"]).name for r in records} == {
        p.name for p in (EXAMPLES / "reports").glob("*.txt")
    }
    assert all(r["start"] < r["end"] and r["text"] for r in records)


def test_a_column_of_a_table() -> None:
    """Values beside the table's own columns; a missing text has its status."""
    pytest.importorskip("pandas")
    shown = _run([sys.executable, "pandas_column.py"])
    assert "not a text but" in shown and "litigation.lost" in shown and len(shown.splitlines()) == 4


def _run(command: list[str]) -> str:
    environment = os.environ | {"PYTHONWARNINGS": "error::UserWarning:fazhi_parse", "MPLBACKEND": "agg"}
    done = subprocess.run(
        command, cwd=EXAMPLES, capture_output=True, text=True, timeout=600, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
