from __future__ import annotations

import socket

from hypothesis import given
from hypothesis import strategies as st

from graph.engine import wire
from graph.engine.image import packed, unpacked
from graph.store.base import Change

KINDS = st.sampled_from([wire.RESULTS, wire.GRAPHS, wire.END, wire.FAILURE])


@given(frames=st.lists(st.tuples(KINDS, st.binary(max_size=300)), max_size=20), sizes=st.lists(st.integers(1, 200)))
def test_wire_frames_are_found_however_they_are_cut(frames: list[tuple[bytes, bytes]], sizes: list[int]) -> None:
    stream = b"".join(wire.frame(kind, content) for kind, content in frames)
    reading = wire.Frames()
    found: list[tuple[bytes, bytes]] = []
    for size in sizes:
        found += reading.feed(stream[:size])
        stream = stream[size:]
    found += reading.feed(stream)
    assert found == frames


@given(
    drop=st.lists(st.text()), remove=st.binary(), add=st.binary(), update=st.none() | st.text(alphabet=st.characters())
)
def test_wire_changes_arrive_as_they_were(drop: list[str], remove: bytes, add: bytes, update: str | None) -> None:
    change = Change(drop=tuple(drop), remove=remove, add=add, update=update)
    assert unpacked(packed(change)) == change


def test_wire_packets_say_when_the_other_side_has_gone() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours:
        with theirs:
            wire.send_packet(theirs, {"a": 1})
            wire.send_packet(theirs, {"b": [2]})
        assert wire.receive_packet(ours) == ({"a": 1}, [])
        assert wire.receive_packet(ours) == ({"b": [2]}, [])
        assert wire.receive_packet(ours) is None
