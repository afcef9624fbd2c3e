"""A site's own calculators: from what their author wrote to a Calculator."""
