"""What users install: wheel and sdist, built and tried outside of the source tree.

Slow, so it runs where FAZHI_RELEASE=1 is set (.ci/run sets it); pip must be able to install.
"""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = PYPROJECT["project"]
CORE = {"fazhi-parse", "attrs", "cn2an", "opencc-python-reimplemented", "proces", "regex"}
MOST_BYTES = 10 * 2**20
CORE_TESTS = (
    "test_properties.py", "test_fuzz.py", "test_quantities.py", "test_outline.py", "test_cleaning.py", "test_cleaning_map.py",
    "test_matching.py", "test_rules.py", "test_report.py", "test_checks.py", "test_public.py", "test_start.py",
    "test_pattern_tree.py", "test_wordings.py",
)  # fmt: skip
"""Tests that need nothing but the core."""
SMOKE = """
import sys, fazhi_parse as fp
assert "site-packages" in fp.__file__, fp.__file__
report = fp.parse("云岫县2023年法治政府建设情况报告\\n一、成效\\n受理行政复议案件三百四十六件。")
assert [int(o.value) for o in report.observations] == [346]
assert fp.Report.from_dict(report.to_dict()).to_json() == report.to_json()
assert fp.parse("標題\\n一、成效\\n受理行政複議案件六件。").quantities[0].value == 6
try:
    report.to_frame()
except fp.MissingExtra as error:
    assert "frame" in str(error)
"""

pytestmark = pytest.mark.skipif("FAZHI_RELEASE" not in os.environ, reason="slow; FAZHI_RELEASE=1 runs it")


def run(*command: object, cwd: Path) -> str:
    """What a command prints; its errors where it fails."""
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=env,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def interpreters() -> list[str]:
    """The newest release of each supported minor version that is here."""
    found: dict[int, str] = {sys.version_info.minor: sys.executable}
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for minor in range(11, 20):
        here = sorted(glob.glob(str(versions / f"3.{minor}.*" / "bin" / "python")))
        for path in (*here[::-1], shutil.which(f"python3.{minor}")):
            if path is not None and minor not in found and _works(path, minor):
                found[minor] = path
    return [found[minor] for minor in sorted(found) if minor >= 11]


def _works(path: str, minor: int) -> bool:
    done = subprocess.run(
        [path, "-c", "import sys, venv; print(sys.version_info.minor)"], capture_output=True, check=False
    )
    return done.stdout.strip() == str(minor).encode()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Wheel and sdist, the wheel made from the sdist as an installer would."""
    pytest.importorskip("build")
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    return next(out.glob("*.whl")), next(out.glob("*.tar.gz"))


def environment(folder: Path, interpreter: str, requirements: Iterable[object]) -> Path:
    """The interpreter of a new environment with these installed."""
    if interpreter == sys.executable:
        venv.create(folder, with_pip=True)
    else:
        run(interpreter, "-m", "venv", folder, cwd=folder.parent)
    python = folder / "bin" / "python"
    run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *requirements, cwd=folder)
    return python


@pytest.fixture(scope="session")
def core(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing but the wheel and what it asks for."""
    return environment(tmp_path_factory.mktemp("core"), sys.executable, [built[0]])


def test_the_wheel_holds_the_package_with_its_data_and_nothing_else(built: tuple[Path, Path]) -> None:
    """All files of src/fazhi_parse, the type marker too; no tests."""
    names = set(zipfile.ZipFile(built[0]).namelist())
    source = ROOT / "src"
    wanted = {
        str(path.relative_to(source))
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and ".egg-info" not in str(path)
    }
    packed = {name for name in names if not name.split("/")[0].endswith(".dist-info")}
    assert packed == wanted
    assert "fazhi_parse/py.typed" in packed
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_sdist_holds_what_tests_and_docs_need(built: tuple[Path, Path]) -> None:
    """Source, tests with their data, examples, docs, licence."""
    with tarfile.open(built[1]) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    assert {"LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml", "src/fazhi_parse/py.typed"} <= names
    assert {"tests/test_release.py", "tests/cases/quantities.txt", "docs/index.md"} <= names
    assert not [name for name in names if "__pycache__" in name or ".venv" in name or name.startswith("out/")]


def test_the_metadata_is_valid(built: tuple[Path, Path]) -> None:
    """It passes the checks of the index that packages are uploaded to."""
    metadata = pytest.importorskip("packaging.metadata")
    wheel = zipfile.ZipFile(built[0])
    file = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    parsed = metadata.Metadata.from_email(wheel.read(file), validate=True)
    assert (parsed.name, str(parsed.version)) == ("fazhi-parse", PROJECT["version"])
    assert str(parsed.requires_python) == ">=3.11"
    assert parsed.license_expression == "MIT"
    assert parsed.description and parsed.description_content_type.startswith("text/markdown")
    assert {r.name for r in parsed.requires_dist if r.marker is None} == CORE - {"fazhi-parse", "proces"}
    version = run(sys.executable, "-c", "import fazhi_parse as fp; print(fp.__version__)", cwd=ROOT).strip()
    assert version == PROJECT["version"]


def test_the_core_is_six_distributions_below_ten_megabytes(core: Path) -> None:
    """Nothing else comes along."""
    code = (
        "from importlib.metadata import distributions\n"
        "for d in distributions():\n"
        "    files = [f.locate() for f in d.files or () if f.suffix != '.pyc']\n"
        "    print(d.name.lower(), sum(f.stat().st_size for f in files if f.is_file()))"
    )
    sizes = dict(line.split() for line in run(core, "-I", "-c", code, cwd=core.parent).splitlines())
    sizes = {name: int(size) for name, size in sizes.items() if name not in ("pip", "setuptools")}
    assert set(sizes) == CORE
    assert sum(sizes.values()) <= MOST_BYTES, sizes
    print(f"core: {sum(sizes.values()) / 2**20:.1f} MiB")


def test_the_installed_package_and_its_command_work(core: Path, tmp_path: Path) -> None:
    """Parse, the dictionary form, traditional text, a missing extra; the command over a file; its self-test."""
    run(core, "-I", "-W", "error", "-c", SMOKE, cwd=tmp_path)
    report = tmp_path / "云岫县2023.txt"
    report.write_text("云岫县2023年法治政府建设情况报告\n一、成效\n受理行政复议案件6件。", "utf-8")
    command = core.parent / "fazhi-parse"
    assert run(command, "--version", cwd=tmp_path).strip().endswith(PROJECT["version"])
    run(command, "parse", report, "-o", tmp_path / "values.csv", cwd=tmp_path)
    assert "reconsideration.accepted" in (tmp_path / "values.csv").read_text("utf-8-sig")
    assert "self-test" in run(command, "doctor", cwd=tmp_path)


def test_extras_bring_what_they_promise(built: tuple[Path, Path], tmp_path: Path) -> None:
    """Web pages and Word files are read with the extras html and docx, and nothing more installed."""
    python = environment(tmp_path / "extras", sys.executable, [f"{built[0]}[html,docx]"])
    for file in ("trs.html", "word_numbered.docx"):
        path = ROOT / "tests" / "cases" / "files" / file
        code = f"import fazhi_parse as fp; assert list(fp.read({str(path)!r}).walk())"
        run(python, "-I", "-c", code, cwd=tmp_path)


def core_tests(python: Path, folder: Path) -> None:
    """The tests that need the core only, from copies outside of the source tree."""
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "examples", folder / "examples")
    options = PYPROJECT["tool"]["pytest"]["ini_options"]
    lines = [
        f"{name} =\n" + "".join(f"    {line}\n" for line in options[name])
        for name in ("markers", "filterwarnings")
    ]
    (folder / "pytest.ini").write_text("[pytest]\n" + "".join(lines), "utf-8")
    tests = [f"tests/{name}" for name in CORE_TESTS]
    run(python, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests, cwd=folder)


@pytest.mark.parametrize("interpreter", interpreters(), ids=lambda path: Path(path).parts[-3])
def test_the_core_works_on_each_python_with_the_newest_dependencies(
    built: tuple[Path, Path], interpreter: str, tmp_path: Path
) -> None:
    """The core's tests pass with the newest releases of what it needs."""
    python = environment(tmp_path / "env", interpreter, [built[0], "pytest", "hypothesis"])
    run(python, "-I", "-W", "error", "-c", SMOKE, cwd=tmp_path)
    core_tests(python, tmp_path)


def test_the_core_works_with_the_oldest_dependencies_that_it_allows(
    built: tuple[Path, Path], tmp_path: Path
) -> None:
    """The floors in pyproject.toml are true."""
    floors = [requirement.replace(">=", "==") for requirement in PROJECT["dependencies"]]
    python = environment(tmp_path / "env", interpreters()[0], [built[0], *floors, "pytest", "hypothesis"])
    core_tests(python, tmp_path)
