"""What do people fill in at the register? A file for each topic."""
