"""What makers of the course run: measured runs, reports, benchmarks, the website."""
