"""The map of Iraq, Iran and the Gulf: ground, names, and what happened where."""
