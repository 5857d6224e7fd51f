"""RESULTS.md, its tables, and the table of chapters, from the ledgers."""
