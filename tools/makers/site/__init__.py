"""Build the website from the executed chapters: `python -m tools.makers.site`."""
