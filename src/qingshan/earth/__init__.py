"""What happened on a piece of land, since when, and how sure is that? Satellite images answer; no Django here."""
