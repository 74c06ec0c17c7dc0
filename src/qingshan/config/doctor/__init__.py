"""Is this machine fit, is the installation whole, and what is to be done about what is not?"""

from qingshan.config.doctor.findings import Finding, Level, Wording

__all__ = ["Finding", "Level", "Wording"]
