"""A store behind processes: one writer, and readers that are killed where a query passes a limit."""
