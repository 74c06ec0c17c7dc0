"""What is filled in about projects, lists and land?"""
