"""Native charts: the room that their labels need, the scale of their axes, and the workbook behind them."""
