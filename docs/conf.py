"""Sphinx configuration."""

project = "fazhi_parse"
author = "The fazhi_parse developers"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = "fazhi_parse"
exclude_patterns = ["_build"]
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_default_options = {"members": True, "show-inheritance": False}
myst_heading_anchors = 3
suppress_warnings = ["myst.xref_missing"]
nitpicky = False
