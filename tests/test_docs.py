"""The documents: every example is run and compared, every code, command and public name is described."""

from __future__ import annotations

import ast
import doctest
import importlib
import io
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

import fazhi_parse as fp
from fazhi_parse.cli import main

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("README*.md"), ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.M | re.S)
NOT_RUN = {"sh": r"git |python3 |cp |pip |\. |cd |script/|\.venv/bin/|#", "stata": "", "text": ""}
"""Fences that are not run: installation, which begins with one of these words; other programs; outlines."""


def _page_id(page: Path) -> str:
    return str(page.relative_to(ROOT))


# -- examples ------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=_page_id)
def test_the_examples_of_a_page_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From top to bottom, Python and commands in turn, in a folder with `reports/` in it; … stands for any text."""
    shutil.copytree(ROOT / "examples" / "panel", tmp_path / "reports")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    text = page.read_text("utf-8")
    # the end of a block is no output
    python = doctest.DocTestParser().get_examples(re.sub(r"^```$", "", text, flags=re.M), str(page))
    examples = [*python, *_blocks(text)]
    examples.sort(key=lambda example: example.lineno)
    test = doctest.DocTest(examples, {"run_command": _Shell()}, _page_id(page), str(page), 0, text)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    told: list[str] = []
    failed = runner.run(test, out=told.append).failed
    assert not failed, "".join(told)


def _blocks(text: str) -> Iterator[doctest.Example]:
    """Console blocks, command by command with what stands below it, and TOML that begins with the name of a file."""
    for fence in FENCE.finditer(text):
        language, content = fence.groups()
        first = text.count("\n", 0, fence.start(2))
        if language == "console":
            yield from _commands(content.splitlines(), first)
        elif language == "toml" and (name := re.match(r"# (\S+\.toml)\n", content)):
            source = f"_ = __import__('pathlib').Path({name.group(1)!r}).write_text({content!r}, 'utf-8')\n"
            yield doctest.Example(source, "", lineno=first)


def _commands(lines: list[str], first: int) -> Iterator[doctest.Example]:
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    assert starts[:1] == [0], f"line {first + 1}: a console block begins with $ and a command"
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        wanted = [line.replace("…", "...") or "<BLANKLINE>" for line in lines[start + 1 : end]]
        yield doctest.Example(
            f"run_command({lines[start][2:]!r})\n",
            "\n".join(wanted),
            lineno=first + start,
            options={doctest.NORMALIZE_WHITESPACE: False},
        )


class _Shell:
    """Runs a command; the library's own without a new process."""

    code = 0

    def __call__(self, command: str) -> None:
        if command == "echo $?":
            print(self.code)
            return
        name, *arguments = shlex.split(command)
        if name == "fazhi-parse":
            printed = io.StringIO()
            with redirect_stdout(printed), redirect_stderr(printed):
                try:
                    self.code = main(arguments)
                except SystemExit as stopped:
                    self.code = int(str(stopped.code))
            shown = printed.getvalue()
        else:
            done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
            self.code, shown = done.returncode, done.stdout + done.stderr
        print("\n".join(line.rstrip() for line in shown.splitlines()))


@pytest.mark.parametrize("page", PAGES, ids=_page_id)
def test_no_block_escapes(page: Path) -> None:
    """Python stands with its output, TOML can be read; what is not run is installation or another program's."""
    for language, content in FENCE.findall(page.read_text("utf-8")):
        if language == "python" and page.name == "cluster.md" and not content.startswith(">>> "):
            ast.parse(content)  # for clusters; tests/test_engines.py runs the same calls
        elif language == "python":
            assert content.startswith(">>> "), content
        elif language == "toml":
            tomllib.loads(content)
        elif language in NOT_RUN:
            lines = [line for line in content.splitlines() if line]
            assert all(re.match(NOT_RUN[language], line) for line in lines), content
        else:
            assert language == "console" or language.startswith("{"), language


@pytest.mark.parametrize("name", ["README", "docs/tutorial"])
def test_both_languages_hold_the_same(name: str) -> None:
    """As many headings, list items and table rows, and the same blocks in the same order."""

    def shape(page: str) -> list[object]:
        text = (ROOT / page).read_text("utf-8")
        bare = FENCE.sub("", text)
        counts = [len(re.findall(start, bare, re.M)) for start in (r"^#+ ", r"^- ", r"^\|", r"!\[")]
        blocks = FENCE.findall(text)
        return [
            counts,
            [language for language, _ in blocks],
            [len(re.findall(r"^(?:>>>|\$) ", content, re.M)) for _, content in blocks],
        ]

    assert shape(f"{name}.md") == shape(f"{name}.zh-CN.md")


def test_the_code_of_both_readmes_is_one() -> None:
    """Python is the same to the letter."""
    english, chinese = (
        re.findall(r"^```python\n.*?^```$", (ROOT / name).read_text("utf-8"), re.M | re.S)
        for name in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "docs/why.md", "docs/catalogue.md"])
def test_the_number_of_indicators_is_right(name: str) -> None:
    """Wherever a page says how many there are in the catalogue."""
    text = FENCE.sub("", (ROOT / name).read_text("utf-8"))
    numbers = re.findall(r"(\d+)(?:</b>)? ?(?:indicators|个指标)", text)
    assert set(numbers) == {str(len(fp.load_catalogue().indicators))}


# -- reference -----------------------------------------------------------------------------------


def _strings(path: Path) -> Iterator[str]:
    """String constants of a module, with {} where an f-string puts something in; docstrings left out."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(v.value if isinstance(v, ast.Constant) else "{}" for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _codes_of_the_source() -> set[str]:
    code = re.compile(r"(heading|text|load|rule|extractor|check|panel|input|repaired)\.(?:[a-z_]+|\{\})")
    strings = {s for path in (ROOT / "src").rglob("*.py") for s in _strings(path) if code.fullmatch(s)}
    strings.remove("text.parse_math")  # a setting of Matplotlib
    filled = {
        "repaired.{}": [f"repaired.{name}" for name in (*_passes(), "page_number")],
        "check.{}": [f"check.{relation.kind}" for relation in fp.load_relations()],
        "input.{}": [f"input.{status}" for status in ("no_text", "error", "timeout", "empty")],
    }
    return {code for string in strings for code in filled.get(string, [string])}


def _passes() -> list[str]:
    from fazhi_parse.cleaning import PASSES

    # widths are changed in place and leave no edit that would be told
    return [name for name in PASSES if name != "widths"]


def test_every_code_of_the_source_is_described() -> None:
    """The page of codes has all of them, and no other."""
    text = (ROOT / "docs" / "diagnostics.md").read_text("utf-8")
    described = re.findall(r"^\| `([a-z_]+\.[a-z_]+)`", text, re.M)
    assert len(described) == len(set(described))
    assert set(described) == _codes_of_the_source()


def test_every_error_is_described() -> None:
    """Public errors and warnings stand on the page of codes."""
    text = (ROOT / "docs" / "diagnostics.md").read_text("utf-8")
    public = [name for name in fp.__all__ if isinstance(getattr(fp, name), type)]
    errors = [name for name in public if issubclass(getattr(fp, name), (fp.FazhiError, Warning))]
    missing = [name for name in [*errors, "MissingFont"] if f"`{name}`" not in text]
    assert not missing


@pytest.mark.parametrize("module", ["fazhi_parse", "fazhi_parse.testing", "fazhi_parse.plot"])
def test_every_public_name_is_on_the_page(module: str) -> None:
    """Each once, and nothing that is not public."""
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    names = re.findall(
        rf"^\.\. auto(?:class|function|exception|data):: {re.escape(module)}\.(\w+)$", text, re.M
    )
    assert sorted(names) == sorted(importlib.import_module(module).__all__)


def test_links_lead_somewhere() -> None:
    """Files that a page names in a link are there."""
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{_page_id(page)}: {target}"
