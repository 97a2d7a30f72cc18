"""What a person types: its meaning and completion, drafts, what waits to be sent, who is typing."""
