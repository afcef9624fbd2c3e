"""What several tests need: sites built as a user builds them, and browsers to open them in."""
