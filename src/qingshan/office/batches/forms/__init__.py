"""What is filled in about batches and single sites?"""
