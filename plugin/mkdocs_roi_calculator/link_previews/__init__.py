"""What other sites show of a link: a title, a sentence, a picture."""
