"""The audit trail: published versions in an append-only register, who signed off what, and what would change since."""
