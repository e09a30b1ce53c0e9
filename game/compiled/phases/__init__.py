"""The phases of `rules.phases`, one file each, line by line after them; same names, same order.

Each takes a block of games, how many of its places are taken, the tables and the turn's numbers.
"""
