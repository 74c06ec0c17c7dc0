"""What is filled in about planting?"""
