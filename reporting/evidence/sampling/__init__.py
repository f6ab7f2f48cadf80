"""Samples for auditors: drawn by their own seed, ticked in a workbook, read back and projected."""
