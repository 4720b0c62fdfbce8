"""What press databases export: many articles in one file, told apart by the words that they print."""
