"""Tests of the generator: rendering, writing, and verification by the registry."""
