"""Sphinx' settings for the website; the source lies in build/site-work/source."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]

sys.path[:0] = [str(ROOT), str(ROOT / "src")]

# The pages of the package import TensorFlow, which has then nothing to announce.
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0")

from tools.makers import address  # noqa: E402

project = "Pixelwise"
author = "Pixelwise contributors"
copyright = "Pixelwise contributors. Code: MIT. Text and figures: CC BY 4.0"
language = "en"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "tools.makers.site.extension",
]
myst_enable_extensions = ["amsmath", "attrs_inline", "deflist", "dollarmath"]
myst_heading_anchors = 3
highlight_language = "text"
nb_execution_mode = "off"
nb_render_markdown_format = "myst"

# What is meant to be copied: code, and commands; not what came out.
copybutton_selector = ".cell_input pre, .highlight-text pre, .highlight-bibtex pre"

# Between single backticks docstrings have code.
default_role = "code"

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
maximum_signature_line_length = 72
add_module_names = False
napoleon_use_ivar = True

html_theme = "sphinx_book_theme"
html_title = "Pixelwise"
html_static_path = ["_static", "../../../fonts"]
html_css_files = ["site.css"]
html_favicon = "_static/icon.svg"
html_baseurl = address.site(address.declared(ROOT))
html_math_renderer = "mathml"
html_copy_source = False
html_show_sphinx = False
html_context = {"default_mode": "auto"}
html_theme_options = {
    "logo": {"text": "Pixelwise", "image_light": "_static/icon.svg"},
    "repository_url": f"{address.GITHUB}{address.declared(ROOT)}",
    "use_repository_button": True,
    "use_download_button": False,
    "show_navbar_depth": 1,
    "max_navbar_depth": 1,
    "toc_title": "On this page",
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
