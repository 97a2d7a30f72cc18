"""The middle pane: one channel’s messages as rows, with quotes, names, reactions and the line above what is new."""
