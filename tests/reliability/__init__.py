"""Tests of what must hold when inputs, processes and threads misbehave."""
