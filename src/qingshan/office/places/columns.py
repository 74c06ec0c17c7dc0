"""Which columns does a table of layer features have?"""
