"""What `make run` does: a server on this machine and a window connected to it; closing the window stops both."""

import os
import subprocess
import sys
from pathlib import Path

from client_app.preflight import NO_DISPLAY, has_display, obstacle
from scripts.serving import (
    ROOT,
    NotServing,
    Served,
    Stopped,
    make_certificates,
    serving,
    stop,
    stop_on_signals,
    wait_for,
)

CERTIFICATES = ROOT / "certs"
UNUSABLE = 2
"""The status with which `client.py` ends when no window can open."""


def main() -> int:
    """Run until the window is closed or somebody interrupts; the exit status."""
    own = os.environ.get("HEARTH_CERT")
    authority = (Path(own).parent if own else CERTIFICATES) / "ca.crt"
    stop_on_signals()
    try:
        if own is None:
            make_certificates(CERTIFICATES)
        with serving() as (served, server):
            return _beside(served, server, authority if authority.exists() else None)
    except NotServing as problem:
        return problem.status or 1
    except Stopped:
        return 0


def _beside(served: Served, server: "subprocess.Popen[str]", authority: Path | None) -> int:
    """Keep a window open beside the server, or the server alone where there is no screen."""
    reason = obstacle() or (None if has_display() else NO_DISPLAY)
    if reason is None:
        command = [sys.executable, str(ROOT / "client.py"), *client_arguments(served, authority)]
        window = subprocess.Popen(command, text=True, process_group=0)
        try:
            status = wait_for(window)
        finally:
            stop(window)
        if status != UNUSABLE:
            return status
    else:
        print(f"hearth: {reason}", flush=True)
    print(_what_now(served, authority), flush=True)
    return wait_for(server)


def client_arguments(served: Served, authority: Path | None) -> list[str]:
    """What `client.py` has to be told to reach a server whose certificate this authority signed."""
    arguments = ["--server", served.host, "--port", str(served.port)]
    if not served.tls:
        return [*arguments, "--no-tls"]
    return [*arguments, "--ca", str(authority)] if authority else arguments


def _what_now(served: Served, authority: Path | None) -> str:
    copy = f"  scp THIS-MACHINE:{authority} .\n" if authority else ""
    arguments = " ".join(client_arguments(served, Path("ca.crt") if authority else None))
    return f"""
The server keeps running; Ctrl+C stops it. Next, on a computer with a screen and a copy of Hearth:
{copy}  ssh -N -L {served.port}:{served.host}:{served.port} THIS-MACHINE
  python client.py {arguments}
To let others connect without ssh, see docs/operating.md."""


if __name__ == "__main__":
    sys.exit(main())
