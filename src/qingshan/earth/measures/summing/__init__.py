"""What do a site's pixels add up to? Kernels: several quantities at once from stored numbers, or one array."""
