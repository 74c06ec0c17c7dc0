"""The pages of planting."""
