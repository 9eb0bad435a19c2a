"""How cost grows on adversarial input: time of 4n over time of n (4 is linear):  python bench/growth.py"""

from __future__ import annotations

from common import medians, table

import fazhi_parse as fp

PATTERNS = {
    "一 …": "一", "一百 …": "一百", "三四 …": "三四", "1.5万 …": "1.5万", "1,1, …": "1,", "% …": "%", "百分之 …": "百分之", "1 1 …": "1 ",
    "一、 …": "一、", "一、\\n …": "一、甲\n", "(一) …": "(一)", "( …": "(", "“ …": "“", "① …": "①甲", "一是 …": "一是甲；", "1.1 …": "1.1 甲\n",
    "甲 …": "甲", "空 …": " ", "甲\\n空 …": "甲\n" + " " * 8_000, "\\n …": "\n", "其中 …": "其中3件，", "未 …": "未发生", "。 …": "。", "<p> …": "<p>", "** …": "**", "監(jiān) …": "監(jiān)",
    "未发生 …": "未发生败诉案件，", "受理 …": "受理行政复议案件6件。", "出庭率 …": "出庭率80%、", "由…至 …": "由3件至", "率、 …": "率、", "深层 …": "一、甲\n(一)乙\n1.丙\n(1)丁\n①戊\n一是己；二是庚。\n",
}  # fmt: skip


def main() -> None:
    rows: list[tuple[str, ...]] = []
    for name, piece in PATTERNS.items():
        small, large = (piece * (n // len(piece) + 1) for n in (2_000, 8_000))
        jobs = {"small": lambda t=small: fp.parse(t[:2_000]), "large": lambda t=large: fp.parse(t[:8_000])}
        seconds = medians(jobs, rounds=5)
        ratio = seconds["large"] / seconds["small"]
        rows.append(
            (name, f"{seconds['large'] * 1000:.1f} ms", f"{ratio:.2f}", "" if ratio < 4.4 else "not linear")
        )
    print(table(("pattern", "8,000 characters", "4n / n", ""), rows))


if __name__ == "__main__":
    main()
