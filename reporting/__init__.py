"""Greenhouse-gas disclosures that a stranger can re-perform."""
