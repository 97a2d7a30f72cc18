"""Whether a message deserves a notification: one pure function, tested as a table."""


def is_due(setting: str, *, is_direct: bool, is_focused: bool, is_in_front: bool) -> bool:
    """Whether somebody else's new message is to be notified.

    `setting` is "all", "direct" or "none"; `is_focused` says whether the window has the keyboard, `is_in_front` whether
    the message's own conversation is the one that it shows.
    A direct message is meant for one person: only looking at the conversation makes a notification needless.
    What is said in a channel is worth it only while the person is elsewhere.
    """
    if setting == "none":
        return False
    if is_direct:
        return not (is_focused and is_in_front)
    return setting == "all" and not is_focused
