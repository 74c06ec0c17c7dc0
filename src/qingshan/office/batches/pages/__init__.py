"""Pages of batches and single sites: the lists, one of them, every act on it, its sample."""
