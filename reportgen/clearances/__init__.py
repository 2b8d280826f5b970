"""Clearances tied to words: what was cleared, what has changed since, and whether a paper may call itself cleared or final.

`cleared_parts` hashes the words that the documents print, part by part. `part_changes` compares two such lists.
`clearance_review` says of each office where it stands, `clearance_wording` says it in the brief's language, and `status_faults` says what
keeps a paper from its status. `clearance_record` writes an answer into the brief.
"""
