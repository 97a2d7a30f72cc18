"""A certificate for the servers that are measured, made by Hearth's own script, and a context that trusts it."""

import ssl
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from shared import tls

from .servers import ROOT, Pair


@dataclass(frozen=True)
class Certificate:
    """Where its files lie, and the context of a client that verifies it."""

    pair: Pair
    context: ssl.SSLContext


def make(folder: Path) -> Certificate:
    """An authority and a certificate for localhost, in this folder."""
    script = ROOT / "certs" / "gen_certs.py"
    subprocess.run([sys.executable, script, "--out", folder, "--name", "localhost"], check=True, capture_output=True)
    return Certificate(Pair(folder / "server.crt", folder / "server.key"), tls.verifying_context(folder / "ca.crt"))
