"""Numbers in, numbers out: no words, no inputs, nothing but mathematics."""
