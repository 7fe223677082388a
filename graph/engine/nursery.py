"""A nursery: a process with one thread that forks readers, and may hold an image of all quads that they share.

`python -m graph.engine.nursery FD`, where FD is its socket to the front; the first packet says what it is to be. It
ends when the front closes that socket, or has gone. It never opens RocksDB itself, whose threads would not survive a
fork.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from graph.engine import image, reading, wire

if TYPE_CHECKING:
    import pyoxigraph as ox


def main(control_file: int) -> None:
    """Serves the front until it has gone."""
    for number in (signal.SIGINT, signal.SIGTERM):  # which go to all processes; the front ends this one
        signal.signal(number, signal.SIG_IGN)
    faulthandler.enable(all_threads=False)
    control = socket.socket(fileno=control_file)
    packet = wire.receive_packet(control)
    if packet is None:
        return
    prefixes: dict[str, str] = packet[0]["prefixes"]
    snapshot: str | None = packet[0]["image"]
    store: ox.Store | None = None
    if snapshot is not None:
        try:
            with ThreadPoolExecutor(1) as apart:  # a thread may be slow without those who are forked from another
                store = apart.submit(_filled, snapshot, packet[0]["most"], control).result()
        except image.TooManyQuadsError as error:
            wire.send_packet(control, {"too_many": error.args[0]})
            return
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # ended readers leave nothing to be waited for
    wire.send_packet(control, {"ready": len(store) if store is not None else 0})
    gc.collect()
    gc.freeze()
    while (packet := wire.receive_packet(control)) is not None:
        message, files = packet
        if message["do"] == "fork":
            _fork(control, store, message, prefixes, files)
        elif store is not None:
            _follow(control, store, message["change"], files[0])


def _filled(snapshot: str, most: int, control: socket.socket) -> ox.Store:
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), image.IDLE)
    return image.filled(snapshot, most, control)


def _fork(
    control: socket.socket, store: ox.Store | None, message: dict[str, Any], prefixes: dict[str, str], files: list[int]
) -> None:
    if os.fork() == 0:
        control.close()
        reading.run(store, message["snapshot"], prefixes, files, message["memory"])
    for file in files:
        os.close(file)


def _follow(control: socket.socket, store: ox.Store, number: int, file: int) -> None:
    started = time.perf_counter()
    with open(file, "rb") as packed:  # a file that is open already
        packed.seek(0)
        image.apply(store, image.unpacked(packed.read()))
    wire.send_packet(control, {"applied": number, "seconds": time.perf_counter() - started})


if __name__ == "__main__":
    main(int(sys.argv[1]))
