"""What a reader takes to the boss is made here: a memo, a workbook, a link, and A from a file."""
