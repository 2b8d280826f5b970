"""`_brand.yml`: colours by role, typefaces by use, and the files that they name."""

from reportgen.brand.brand_loader import ROLES, TEXT_ON_GROUND, Brand, find_warnings, load

__all__ = ["ROLES", "TEXT_ON_GROUND", "Brand", "find_warnings", "load"]
