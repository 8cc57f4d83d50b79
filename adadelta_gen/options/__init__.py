"""Options beyond torch's Adadelta: one module per option."""
