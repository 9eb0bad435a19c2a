"""Words for people, in English and Chinese: what statuses, roles and dimensions are called, what messages say."""

from __future__ import annotations

import re
from functools import cache

from .data_files import load_table

__all__ = ["LANGUAGES", "check_language", "counted", "label", "message_in"]

LANGUAGES = ("en", "zh")
"""Languages that there are words in."""


@cache
def _labels() -> dict[str, dict[str, dict[str, str]]]:
    return load_table("labels.toml")


def check_language(lang: str) -> None:
    """Raise where there are no words in a language.

    Raises:
        ValueError: There are none.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"no words in {lang!r}; there are {', '.join(LANGUAGES)}")


def label(group: str, key: str, lang: str) -> str:
    """What a person calls something; the key itself where it has no name.

    >>> label("status", "planned", "zh"), label("dimension", "disputes", "en"), label("role", "mine", "en")
    ('计划', 'Disputes', 'mine')
    """
    words = _labels()[group].get(key)
    return words[lang] if words is not None else key


def counted(number: int, noun: str, lang: str = "en") -> str:
    """A number with its noun.

    >>> counted(1, "report"), counted(2, "report"), counted(2, "report", "zh")
    ('1 report', '2 reports', '2 份报告')
    """
    ending = "s" if lang == "en" and number != 1 else ""
    return f"{number} {label('counted', noun, lang)}{ending}"


@cache
def _wordings() -> dict[str, list[tuple[re.Pattern[str], list[str], str]]]:
    """The wordings of data/messages.toml: pattern of the English one, families of its blanks, Chinese one."""
    table = load_table("messages.toml")
    blank = re.compile(r"\{(\w*)\}")
    return {
        code: [
            (re.compile("(.*)".join(map(re.escape, blank.split(en)[::2])), re.DOTALL), blank.findall(en), zh)
            for en, zh in wordings.items()
        ]
        for code, wordings in table.items()
    }


def message_in(lang: str, code: str, message: str) -> str:
    """The message of a diagnostic, a problem or a finding in a language; in English where it has no words there.

    Args:
        lang: en or zh.
        code: Its code.
        message: What it says in English.

    >>> message_in("zh", "heading.gap", "'三、' follows number 1")
    '“三、”的前一个序号是 1'
    >>> message_in("zh", "mine.odd", "an odd thing")
    'an odd thing'
    """
    if lang == "en":
        return message
    table = _wordings()
    for pattern, families, chinese in table.get(code) or table.get(code.partition(".")[0]) or ():
        if match := pattern.fullmatch(message):
            said = (
                message_in(lang, family, words) if family else words
                for family, words in zip(families, match.groups(), strict=True)
            )
            return chinese.format(*said)
    return message
