"""How many lines a text takes in a box, and how runs are split where programs break lines differently."""
