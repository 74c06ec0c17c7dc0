"""The work of the bureau: one Django app for each domain, in floors. Imports go down only."""
