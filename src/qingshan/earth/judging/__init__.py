"""What do the images say to the claims about a site? `judge` answers each one apart."""

from qingshan.earth.judging.boundary import Changes, Split, split_by_boundary
from qingshan.earth.judging.changes import beside_surroundings, changes_of
from qingshan.earth.judging.questions import judge

__all__ = ["Changes", "Split", "beside_surroundings", "changes_of", "judge", "split_by_boundary"]
