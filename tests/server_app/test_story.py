"""Alice writes and bob reads, over real TLS; then he comes back."""

from shared.events import MessagePosted
from tests.conftest import ConnectFactory
from tests.peer import Peer


def test_alice_writes_bob_reads_and_bob_comes_back(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    alice.say("good morning")
    assert bob.next_event(MessagePosted).message.body == "good morning"
    bob.close()
    alice.say("are you there?")
    back = connect().resume(bob.token)
    assert back.bodies() == ["good morning", "are you there?"]
    (general,) = back.snapshot.channels
    assert general.last_seq == 2
