"""A file that a service tool exported becomes the number of requests, with a trail of how."""
