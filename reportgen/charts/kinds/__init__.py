"""The kinds of exhibit, one a module: its fields, its drawing, its native form."""
