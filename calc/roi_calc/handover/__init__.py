"""What a reader takes to the boss is made here from an answer: a memo, a workbook, a link."""
