"""Train on handwritten digits with both optimizers, side by side: ``make demo``."""
