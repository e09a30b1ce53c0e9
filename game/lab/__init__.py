"""Does the model hold? Fitted to the record, tested on the rest of it, and told honestly."""
