"""Reports that stand in a column of a table: their values beside the table's own columns.

    python examples/pandas_column.py

A missing text costs one row of the status table, not the work.
"""

from __future__ import annotations

import pandas

import fazhi_parse as fp

TABLE = pandas.DataFrame(
    {
        "id": ["ys22", "ys23", "fy23"],
        "province": ["河西省", "河西省", "江东省"],
        "text": [
            "云岫县2022年法治政府建设情况报告\n一、成效\n全年受理行政复议案件6件，办结5件。",
            "云岫县2023年法治政府建设情况报告\n一、成效\n受理行政复议案件9件，未发生行政败诉案件。",
            None,
        ],
    }
)


def main() -> None:
    results = list(fp.parse_many(TABLE.set_index("id")["text"]))
    values = fp.to_frame(results)
    wide = values[values["status"] == "actual"].pivot_table(
        index="document", columns="indicator", values="value", aggfunc="first"
    )
    status = fp.to_frame(results, "document")[["document", "status", "error"]]
    joined = (
        TABLE.drop(columns="text").merge(status, left_on="id", right_on="document").drop(columns="document")
    )
    print(joined.merge(wide, left_on="id", right_index=True, how="left").to_string(index=False))


if __name__ == "__main__":
    main()
