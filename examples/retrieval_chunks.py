"""Pieces of reports for a retrieval pipeline: each with its headings in front and its raw span.

    python examples/retrieval_chunks.py [FILE_OR_FOLDER] > chunks.jsonl

Embed `text` (the headings are part of it: a piece such as "受理6件" says little without them); keep document,
start and end, so that an answer can quote the very characters of the source.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import fazhi_parse as fp


def main() -> None:
    source = sys.argv[1] if len(sys.argv) > 1 else str(Path(__file__).parent / "reports")
    for result in fp.parse_many(source):
        if result.report is None:
            print(f"{result.document}: {result.error}", file=sys.stderr)
            continue
        for chunk in result.report.chunks(level=2, max_chars=500):
            record = {
                "document": result.document,
                "start": chunk.start,
                "end": chunk.end,
                "breadcrumb": chunk.breadcrumb,
                "text": f"{chunk.breadcrumb}\n{chunk.text}".strip(),
            }
            print(json.dumps(record, ensure_ascii=False))


if __name__ == "__main__":
    main()
