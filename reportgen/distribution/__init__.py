"""Finished files reach the people who decide: each copy accounted for, none sent twice."""
