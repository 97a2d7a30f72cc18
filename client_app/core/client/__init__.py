"""A whole client: how it lives, and everything that it can be asked to do, a part in each module."""

from .client import Client

__all__ = ["Client"]
