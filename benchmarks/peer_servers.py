"""Other people's chat servers that Hearth is measured beside, and how each is configured to take the load.

What keeps a server from being flooded is switched off in all of them, as it is in Hearth.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from .dialects import Dialect, Irc, Nats
from .servers import Pair

_PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
"""Servers are often installed where people who are not root do not look."""
_NGIRCD = """[Global]
Name = irc.example.net
Info = bench
Listen = 127.0.0.1
Ports = {port}
MotdPhrase = hello
[Limits]
MaxConnections = 0
MaxConnectionsIP = 0
MaxPenaltyTime = 0
PingTimeout = 600
[Options]
DNS = no
Ident = no
PAM = no
"""
_INSPIRCD = """<server name="irc.example.net" description="bench" network="bench" id="97K">
<admin name="bench" nick="bench" email="bench@example.net">
<bind address="127.0.0.1" port="{port}" type="clients"{profile}>
<connect name="all" allow="*" timeout="60" localmax="20000" globalmax="20000" maxchans="20" fakelag="no" useident="no"
  resolvehostnames="no" pingfreq="600" commandrate="100000000" threshold="1000000" recvq="1M" softsendq="100M"
  hardsendq="100M">
<performance softlimit="19000" somaxconn="1024" netbuffersize="65536">
<pid file="{folder}/inspircd.pid">
<log method="file" target="{folder}/inspircd.log" type="*" level="default">
{tls}
"""
_INSPIRCD_TLS = """<module name="ssl_gnutls">
<sslprofile name="bench" provider="gnutls" certfile="{pair.certificate}" keyfile="{pair.key}">
"""


@dataclass(frozen=True)
class Peer:
    """Another chat server."""

    name: str
    package: str
    program: str
    most_receivers: int
    """How many it is asked to serve; ngircd slows to a crawl with many."""
    speaks_tls: bool = True
    """Whether it is asked to."""

    def is_installed(self) -> bool:
        return shutil.which(self.program, path=_PLACES) is not None

    def command(self, folder: Path, port: int, pair: Pair | None = None) -> list[str]:
        """The command that starts it, its configuration put into `folder`; with a certificate it speaks TLS."""
        program = shutil.which(self.program, path=_PLACES) or self.program
        configuration = folder / f"{self.name}.conf"
        match self.name:
            case "ngircd":
                configuration.write_text(_NGIRCD.format(port=port))
                return [program, "--nodaemon", "--config", str(configuration)]
            case "InspIRCd":
                profile, tls = (' sslprofile="bench"', _INSPIRCD_TLS.format(pair=pair)) if pair else ("", "")
                configuration.write_text(_INSPIRCD.format(port=port, folder=folder, profile=profile, tls=tls))
                return [program, f"--config={configuration}", "--nofork", "--runasroot"]
            case _:
                tls_options = ["--tls", "--tlscert", str(pair.certificate), "--tlskey", str(pair.key)] if pair else []
                return [program, "--addr", "127.0.0.1", "--port", str(port), *tls_options]

    def dialect(self) -> Dialect:
        return Nats() if self.name == "nats-server" else Irc()


PEERS = (
    Peer("ngircd", "ngircd", "ngircd", 200, speaks_tls=False),
    Peer("InspIRCd", "inspircd", "inspircd", 1000),
    Peer("nats-server", "nats-server", "nats-server", 1000),
)
