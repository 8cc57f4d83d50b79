"""Tests of the generator: what it renders, what it writes, what the registry then accepts."""
