"""The commands of `qingshan`, one file each: its arguments, what it prints. The work is done elsewhere."""
