"""Words and numbers as they are printed: inline markup, quantities, languages, the wording of stamps."""
