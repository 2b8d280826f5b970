"""The places of a drawing's marks and labels, in points: pure functions of measured text."""
