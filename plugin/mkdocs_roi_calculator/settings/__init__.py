"""What an author may say, where, and what it means together."""
