"""Tests of training on several ranks, and of restarts after a killed rank."""
