"""Ratios between two things measured in turns in one run; never a test that fails."""
