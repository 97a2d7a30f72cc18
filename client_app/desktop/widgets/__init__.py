"""Controls that the toolkit lacks, or draws without emoji and scripts."""
