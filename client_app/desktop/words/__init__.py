"""What is said in words: moments, spans, kinds of channels."""
