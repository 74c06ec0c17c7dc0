"""How is a superior's empty table (上级来表) filled in, in its own layout?

`opening` opens it safely, `layouts` finds its headers, `meaning` says what they mean, `remembering` what was confirmed
before, `areas` where rows belong, `rows` makes room, `values` turns what we hold into what the cell wants, and
`writing` fills. `kinds` holds what the apps declare.
"""
