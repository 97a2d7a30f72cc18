"""What may be asked at any time: who the server is, and whether it is there."""

from server_app.context import Context
from shared import PROTOCOL_VERSION, __version__
from shared.requests import Hello, Nothing, Ping, Welcome
from shared.types import Registration


def hello(context: Context, _request: Hello, _value: None) -> Welcome:
    """Say what the server is, and who may make an account at this moment."""
    policy = context.house.directory.policy
    registration = Registration.CLOSED if policy.is_raided else policy.registration
    return Welcome(server=f"Hearth {__version__}", protocol=PROTOCOL_VERSION, registration=registration)


def ping(_context: Context, _request: Ping, _value: None) -> Nothing:
    """Answer."""
    return Nothing()
