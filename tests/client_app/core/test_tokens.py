"""Where a remembered session is kept, and what happens when that place fails."""

import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest

from client_app.core.account.tokens import FILE_NAME, Tokens, account_key
from client_app.core.network.address import Address

HOME, WORK = Address("home.example"), Address("work.example")


class Locker(keyring.backend.KeyringBackend):
    """A key store in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring leaves it so
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError("none")


class Jammed(Locker):
    """A key store that does not open."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.PasswordSetError("locked")

    def delete_password(self, service: str, username: str) -> None:
        raise keyring.errors.InitError("locked")


@pytest.fixture
def use_backend() -> Iterator[None]:
    """The test may choose the key store; afterwards it is the former one again."""
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def locker(use_backend: None) -> Locker:
    backend = Locker()
    keyring.set_keyring(backend)
    return backend


@pytest.mark.parametrize("use_keyring", [True, False])
def test_a_token_is_kept_over_a_restart_and_forgotten_on_request(
    tmp_path: Path, locker: Locker, use_keyring: bool
) -> None:
    Tokens(tmp_path, use_keyring=use_keyring).save(HOME, "alice", "secret")
    after_restart = Tokens(tmp_path, use_keyring=use_keyring)
    assert after_restart.load(HOME, "Alice") == "secret"
    assert after_restart.load(HOME, "bob") is None
    assert after_restart.load(WORK, "alice") is None
    after_restart.forget(HOME, "alice")
    assert after_restart.load(HOME, "alice") is None
    after_restart.forget(HOME, "alice")


def test_with_a_key_store_nothing_is_written_to_a_file(tmp_path: Path, locker: Locker) -> None:
    Tokens(tmp_path).save(HOME, "alice", "secret")
    assert list(tmp_path.iterdir()) == []
    assert list(locker.kept.values()) == ["secret"]


def test_a_key_store_that_does_not_open_is_replaced_by_a_file_for_its_owner_alone(
    tmp_path: Path, use_backend: None
) -> None:
    keyring.set_keyring(Jammed())
    tokens = Tokens(tmp_path)
    tokens.save(HOME, "alice", "secret")
    assert tokens.load(HOME, "alice") == "secret"
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    tokens.forget(HOME, "alice")
    assert tokens.load(HOME, "alice") is None


def test_a_broken_file_holds_no_tokens(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"{")
    assert Tokens(tmp_path, use_keyring=False).load(HOME, "alice") is None


def test_what_is_done_later_is_done_in_order(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path, use_keyring=False)
    for number in range(20):
        tokens.save_later(HOME, "alice", f"token {number}")
    tokens.forget_later(HOME, "bob")
    tokens.close()
    assert tokens.load(HOME, "alice") == "token 19"


def test_a_key_store_that_breaks_in_a_way_of_its_own_does_not_stop_what_comes_after(
    tmp_path: Path, use_backend: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Burning(Locker):
        priority = 1

        def set_password(self, service: str, username: str, password: str) -> None:
            if password == "first":
                raise ZeroDivisionError
            super().set_password(service, username, password)

    failures: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: failures.append(args.exc_type))
    keyring.set_keyring(Burning())
    tokens = Tokens(tmp_path)
    tokens.save_later(HOME, "alice", "first")
    tokens.save_later(HOME, "alice", "second")
    tokens.close()
    assert failures == [ZeroDivisionError]
    assert tokens.load(HOME, "alice") == "second"


def test_an_account_is_one_name_on_one_server_in_whatever_case() -> None:
    assert account_key(Address("HOME.example", 6000), "Alice") == account_key(Address("home.example", 6000), "alice")
    assert account_key(HOME, "alice") != account_key(Address("home.example", 6000), "alice")
