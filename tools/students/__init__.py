"""Execute the chapters and make pages of them: `python -m tools.students.course`."""
