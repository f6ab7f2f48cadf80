"""Locks: which factor sets, factors and GWP values a period was disclosed with, so that nothing newer changes it unseen."""
