"""Tests with invalid inputs, concurrent threads, forks, signals and damaged files."""
