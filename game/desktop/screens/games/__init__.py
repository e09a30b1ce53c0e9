"""Games: picked and begun, kept and taken up again."""
