"""Printed words and numbers: inline markup, quantities, languages, the wording of stamps."""
