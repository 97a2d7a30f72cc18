"""What the owner of the machine does on the server's command line, whether the server runs or not."""
