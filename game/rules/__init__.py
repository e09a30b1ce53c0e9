"""The referee: pure functions of arrays that adjudicate one game or a hundred thousand."""
