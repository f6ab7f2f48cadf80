"""The restatement bridge: two inventories side by side, hybrids of both, and what each cause adds to each figure."""
