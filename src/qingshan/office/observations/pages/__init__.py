"""What do people see of claims, images and runs, and do with them?"""
