"""The files that come with the package. What reads them is imported with the first one: `import fazhi_parse` reads none."""

from __future__ import annotations

from typing import Any

__all__ = ["data_text", "load_table", "read_toml"]


def data_text(name: str) -> str:
    """The text of a file of the package's folder data, wherever the package is installed.

    >>> data_text("layout.toml").splitlines()[0]
    '# Lines of a page that are not the report, and lines that frame it.'

    Raises:
        FileNotFoundError: There is no such file.
    """
    import pkgutil

    data = pkgutil.get_data("fazhi_parse", f"data/{name}")
    if data is None:
        raise FileNotFoundError(name)
    return data.decode("utf-8").replace("\r\n", "\n")


def read_toml(text: str) -> dict[str, Any]:
    """What a TOML text says.

    Raises:
        ValueError: It is no TOML.
    """
    import tomllib

    return tomllib.loads(text)


def load_table(name: str) -> dict[str, Any]:
    """One TOML file of the package's folder data."""
    return read_toml(data_text(name))
