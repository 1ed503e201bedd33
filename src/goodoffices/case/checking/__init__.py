"""The checks behind ``goodoffices.case.checks``, by what they look at."""
