"""The pages that other sites show, and what leads to them."""
