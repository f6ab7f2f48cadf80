"""AI and cloud systems: calculations on exact quantities (reporting/quantity.py) that need no inventory."""
