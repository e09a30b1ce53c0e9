"""How the one text of the rules is played: as it stands (`plain`), as a tape of numpy's calls
(`taped`) or as machine code (`compiled`). No rule stands here.
"""
