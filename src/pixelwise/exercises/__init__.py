"""What a chapter asks of its reader: exercises with their checks, and a quiz."""
