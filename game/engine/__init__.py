"""How the one text of the rules is played: by numpy, or as machine code. No rule stands here."""
