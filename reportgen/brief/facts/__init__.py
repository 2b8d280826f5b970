"""Facts: their models, formulas over them, and values on which sources differ."""
