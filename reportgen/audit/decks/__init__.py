"""A finished deck compared with the slides that its brief compiles to."""
