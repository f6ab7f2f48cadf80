"""Worked examples of others, run through the engine: `make examples FILE=path.json` (docs/examples.md)."""
