"""A process of several devices, told what to do by lines on its input; its end is theirs.

python -m tests.soak.people ORDERS.json
"""

import logging
import os
import sys
from pathlib import Path

import msgspec

from .device import Device
from .orders import Orders


def main(path: str) -> None:
    """Run the devices of these orders until they are told to finish, or nobody is there to tell."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(threadName)s %(levelname)s %(message)s")
    orders = msgspec.json.decode(Path(path).read_bytes(), type=Orders)
    devices = [Device(orders, each) for each in orders.devices]
    for device in devices:
        device.start()
    for line in sys.stdin:
        for device in devices:
            if line.strip() == "hush":
                device.hush()
            else:
                device.finish()
        if line.strip() == "finish":
            break
    else:
        os._exit(1)  # The driver is gone; nothing here is worth keeping.
    for device in devices:
        device.join()


if __name__ == "__main__":
    main(sys.argv[1])
