"""Does it hold? The model fitted to the record, tested on the rest of it, and told honestly."""
