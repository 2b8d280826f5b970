"""Claims of a brief's sentences, and the statements of its evidence that may support them.

A sentence is read word by word against small tables; there is no grammar behind it. `statements.py` reads a text, `claim.py`
collects the sentences with their evidence, the other modules hold the tables and what is read with them. The rules that
judge are in `evidence/rules/claims/`.
"""
