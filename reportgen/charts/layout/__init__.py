"""Where the marks and labels of a drawing stand, in points: pure functions of measured text."""
