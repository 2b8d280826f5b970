"""Pictures of a deck as LibreOffice draws it, with the measured boxes drawn over them."""
