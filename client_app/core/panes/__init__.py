"""The panes beside the messages as view models: channels on the left, people on the right."""
