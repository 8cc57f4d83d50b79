"""Tests of training on more than one rank, and of what survives a rank that dies."""
