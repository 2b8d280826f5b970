"""One family of attacks a module: `TITLE`, `FULL` (cases of a full run), `SAMPLE` (cases of the suite), `attack(count, seed)`.

`attack` yields one `Outcome` a case, in any order, and draws every choice from `random.Random(seed)`.
"""
