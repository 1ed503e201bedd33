"""Sphinx configuration."""

from importlib.metadata import version as installed_version

project = "Good Offices"
author = "The Good Offices authors"
release = installed_version("goodoffices")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.mathjax"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["deflist", "dollarmath", "colon_fence"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "Good Offices"
html_static_path: list[str] = []
autodoc_typehints = "description"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
suppress_warnings = [
    "ref.citation",  # not every work in the bibliography is cited on a page
    "ref.python",  # shapes of arrays, such as (parties,), are taken for names
]
