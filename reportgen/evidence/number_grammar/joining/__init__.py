"""Numbers beside one another: ranges, intervals, margins, lists, and the units that are said once for several."""
