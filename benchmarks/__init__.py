"""Programs that print figures, and what several of them share."""
