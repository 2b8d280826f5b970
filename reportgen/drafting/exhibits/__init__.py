"""Charts that the numbers of an article carry. A chart is proposed only where the text itself says what each number belongs to."""
