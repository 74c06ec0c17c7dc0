"""Pages of batches and single sites: how they are entered, one of them, every act on it, its sample."""
