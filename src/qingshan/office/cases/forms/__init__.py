"""What is filled in about problems and petitions? A file for each topic; `table` gives each act its form."""
