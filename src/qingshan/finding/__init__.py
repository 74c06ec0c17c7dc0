"""Finding things by any part of a name or number, and by pinyin."""
