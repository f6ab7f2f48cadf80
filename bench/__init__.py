"""Benchmarks of the calculation path: CPU seconds and ratios, each variant in its own process."""
