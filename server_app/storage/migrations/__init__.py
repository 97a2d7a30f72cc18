"""How the database came to its present shape, step by step; `upgrade` walks them at start."""
