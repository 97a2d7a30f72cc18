"""The middle pane: header, messages, bars, composer."""
