"""The form of what a deck shows besides its words: charts, shapes, slides, and what else is in the file.

A form maps names, as messages print them, to values as text. Two forms are compared name by name.
"""
