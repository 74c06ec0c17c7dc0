"""What would one write instead, with the packages that everybody uses? Only for measuring beside it."""
