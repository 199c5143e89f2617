"""Limits of the form of a customer."""

MAX_LINES = 20
