"""Five hundred inputs that are no sound reports: each has one status, none stops the others, none is lost."""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import fazhi_parse as fp

FILES = Path(__file__).parent / "cases" / "files"
COUNT = 500
TEXT = "云岫县2023年法治政府建设情况报告\n一、成效\n受理行政复议案件6件，办结率达100%。\n" * 20


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 60)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _doubled(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[chance.randrange(len(data)) :] + data[at:]


def _noise(_: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(chance.randrange(2, 4000))


def _recoded(_: bytes, chance: random.Random) -> bytes:
    encoding = chance.choice(
        ["utf-16-le", "utf-16-be", "big5", "utf-32", "utf-7", "cp037", "gb18030", "utf-8"]
    )
    return TEXT.encode(encoding, "replace")[chance.randrange(3) :]


def _nuls(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b"\n", b"\0" * chance.randrange(1, 5)) + b"\0" * chance.randrange(100)


DAMAGES = (_cut, _flipped, _doubled, _noise, _recoded, _nuls)


def corrupt_files() -> Iterator[tuple[str, bytes]]:
    """Names and bytes: sound files damaged in all ways, under right and wrong endings, and some of a kind of their own."""
    chance = random.Random(500)
    sound = [(path.suffix, path.read_bytes()) for path in sorted(FILES.iterdir())]
    yield from [
        ("empty.txt", b""),
        ("empty.docx", b""),
        ("one_line.txt", (TEXT.replace("\n", "") * 600).encode()),
        ("bomb.docx", _bomb()),
        ("bom_only.txt", b"\xef\xbb\xbf"),
        ("nuls.txt", b"\0" * 5000),
        ("brackets.html", b"<div>" * 50_000),
        (
            "entities.html",
            b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><p>&b;&b;</p>',
        ),
    ]
    for n in range(COUNT - 8):
        suffix, data = sound[n % len(sound)]
        damage = DAMAGES[n // len(sound) % len(DAMAGES)]
        ending = (
            suffix if chance.random() < 0.8 else chance.choice([".txt", ".html", ".docx", ".pdf", ".doc"])
        )
        yield f"{n:03}{damage.__name__}{ending}", damage(data, chance)


def _bomb() -> bytes:
    """A Word file whose text would be a gigabyte."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as document:
            for _ in range(1 << 10):
                document.write(b" " * (1 << 20))
    return packed.getvalue()


@pytest.mark.filterwarnings("ignore::UserWarning:docx")
def test_each_corrupt_input_has_one_status(tmp_path: Path) -> None:
    """Whatever it is: read as what it still says, or an error with a reason; the sound one among them is untouched."""
    pytest.importorskip("lxml")
    pytest.importorskip("docx")
    pytest.importorskip("pypdfium2")
    named = dict(corrupt_files())
    assert len(named) == COUNT
    for name, data in named.items():
        (tmp_path / name).write_bytes(data)
    paths = [tmp_path / name for name in named]
    (tmp_path / "sound.txt").write_text(TEXT, "utf-8")
    paths.insert(250, tmp_path / "sound.txt")
    results = list(fp.parse_many(paths, workers=2, timeout=60))
    assert [result.document for result in results] == [str(path) for path in paths]
    for result in results:
        assert (
            (result.report is None)
            == (result.status in ("error", "no_text", "timeout"))
            == bool(result.error)
        )
        assert "Traceback" not in result.error and result.sha256
        if result.report is not None and "�" in result.report.raw:
            codes = {doubt.code for doubt in result.report.diagnostics}
            assert codes & {"load.cut", "load.bad_bytes", "load.charset", "text.replaced"}, result.document
    counts = Counter(result.status for result in results)
    assert counts["timeout"] == 0 and counts["ok"] > 50 and counts["error"] > 50 and counts["empty"] >= 2
    sound = results[250].report
    assert sound is not None and len(sound.observations) == len(fp.parse(TEXT).observations)
