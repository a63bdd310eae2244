"""Near-copies of one text, their origins, and corrections of earlier versions."""
