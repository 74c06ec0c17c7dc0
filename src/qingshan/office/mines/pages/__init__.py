"""Which pages has the register? A file for each topic."""
