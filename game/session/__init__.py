"""One played game: seats, orders, and the authority that calls the referee."""
