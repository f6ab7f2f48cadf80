"""Questions that people ask of an inventory and of the emission factors: each a function, each with its SQL beside it."""
