"""The window: the only room that imports pygame. It computes no rule and no legality.

Its folders, each importing only those before it: `texts` (words), `look` (colours, letters,
drawings), `widgets`, `map`, `work` (a process beside the window), `shell` (the window itself),
`room` (what stands in the situation room), `screens`. `flow` and `start` put them together.
"""
