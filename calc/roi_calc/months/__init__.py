"""What was planned for a month lies here beside what came of it, with the causes between."""
