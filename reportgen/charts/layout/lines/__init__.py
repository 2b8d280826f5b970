"""Values along one axis as lines and areas, named where they end."""
