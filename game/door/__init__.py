"""The door: what each command may be told, and which room it opens. Loads no room before that."""
