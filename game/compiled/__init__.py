"""The referee and the doctrines once more, compiled: the same bits in a fraction of the time.

An optional extra (`fast`, numba). The numpy code in `rules` and `players` says what the rules are;
what stands here follows it line by line, one game after the other, and is held to it bit for bit by
`tests/compiled`. A rule is changed there first, then here; the tests name the column that differs.
"""
