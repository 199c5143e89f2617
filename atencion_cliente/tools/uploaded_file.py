"""Limits of files that customers send."""

MAX_SIZE = 25 * 1024 * 1024
MAX_FILES = 10
