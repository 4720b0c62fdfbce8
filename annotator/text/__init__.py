"""Pure work on strings: spans, offsets, canonical text, words and sentences."""
