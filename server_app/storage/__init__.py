"""The only place that speaks SQL: tables, one file of queries for each noun, and the one thread that writes."""
