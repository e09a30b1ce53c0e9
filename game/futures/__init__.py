"""Many games at once: ensembles and what is counted over them."""
