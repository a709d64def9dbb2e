"""Tells of what went wrong."""


def fire_event(event):
    pass
