"""Who opens a session from this computer: what is remembered, where its token is kept, what the computer is called."""
