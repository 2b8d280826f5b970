"""Measures text in a box, and splits runs where PowerPoint and LibreOffice break lines differently."""
