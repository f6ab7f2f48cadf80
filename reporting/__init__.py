"""Greenhouse-gas disclosures that a stranger can re-perform."""

__version__ = "0.1.0"
