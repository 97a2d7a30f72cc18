"""A server in a process of its own, which can be killed and whose disk can be made to fail."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..peer import Peer

ROOT = Path(__file__).parents[2]
RUN = "import sys; from server_app.main import main; sys.exit(main(sys.argv[1:]))"


class Child:
    """Without TLS. `before` is Python that runs in the process before the server starts."""

    def __init__(
        self,
        database: Path,
        log: Path,
        *,
        before: str = "",
        options: Sequence[str] = ("--no-limits",),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        command = [sys.executable, "-c", f"{before}\n{RUN}", "--no-tls", *options, "--port", "0"]
        command += ["--db", str(database), "--bcrypt-rounds", "4", "--io-threads", "2"]
        self.database = database
        self._log = log
        with log.open("ab") as stderr:
            self.process = subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                cwd=ROOT,
                env={**os.environ, **(environment or {})},
            )
        self.address = ("", 0)

    def wait_until_ready(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if "listening on" in line:
                host, _, port = line.split()[-1].rpartition(":")
                self.address = (host, int(port))
                return
        raise AssertionError(f"the server did not start: {self.log()}")

    def connect(self) -> Peer:
        return Peer(self.address, tls=False)

    def log(self) -> str:
        """What it has written to its log so far."""
        return self._log.read_text("utf-8")

    def kill(self) -> None:
        """End it without a chance to do anything more."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)
        self._close()

    def stop(self) -> int:
        """End it as its owner would; its exit code."""
        self.process.terminate()
        return self.wait()

    def wait(self) -> int:
        """Until it ends by itself; its exit code."""
        try:
            return self.process.wait(20)
        finally:
            self.kill()

    def _close(self) -> None:
        assert self.process.stdout is not None
        self.process.stdout.close()
