"""What a reader takes to the boss is made here, from an answer: nothing of it is computed anew."""
