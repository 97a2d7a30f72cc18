"""The verbs: functions of a context, a request and what the former step found; no socket and no thread in sight."""
