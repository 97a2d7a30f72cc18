"""A whole client without a screen: connection, state, history and view models. Also the kit for bots."""
