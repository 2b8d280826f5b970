"""Native charts: the room for their labels, the scale of their axes, the workbook behind them."""
