"""The first screen: which server, who one is, or how one comes to be somebody there."""
