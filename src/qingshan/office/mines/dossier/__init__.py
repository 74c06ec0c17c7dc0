"""一矿一档: everything ever known about one mine or place, gathered, told, exported and proved."""
