"""What comes in as images: scenes, how they are described, read and written, and which pixels say something."""
