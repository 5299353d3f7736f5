import base64
import stat
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet

from colibri.config.keyring import KeyProblem, derive, load_key, new_key


def test_a_first_start_makes_a_key_that_only_its_owner_may_read(tmp_path):
    file = tmp_path / "new" / "key"

    key = load_key("", file)

    assert Fernet(key.encode())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_the_key_stays_the_same_from_one_start_to_the_next(tmp_path):
    assert load_key("", tmp_path / "key") == load_key("", tmp_path / "key")


def test_first_starts_at_once_agree_on_one_key(tmp_path):
    words = (
        "import sys; from pathlib import Path; from colibri.config.keyring import load_key;"
        "sys.stdin.readline(); print(load_key('', Path(sys.argv[1])))"
    )
    command = [sys.executable, "-c", words, str(tmp_path / "key")]
    started = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()

    keys = {process.communicate(timeout=240)[0] for process in started}
    assert keys == {(tmp_path / "key").read_text()}


def test_a_key_of_the_environment_needs_no_file(tmp_path):
    key = new_key()

    assert load_key(key, tmp_path / "key") == key
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("value", ["short", "é" * 44, base64.urlsafe_b64encode(b"x" * 31).decode()])
def test_what_is_no_key_is_refused_by_the_place_it_came_from(tmp_path, value):
    file = tmp_path / "key"
    file.write_text(value, encoding="utf-8")
    file.chmod(0o600)

    with pytest.raises(KeyProblem, match="COLIBRI_KEY holds no key"):
        load_key(value, file)
    with pytest.raises(KeyProblem, match="key holds no key"):
        load_key("", file)


def test_a_file_that_is_not_text_is_no_key(tmp_path):
    (tmp_path / "key").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "key").chmod(0o600)

    with pytest.raises(KeyProblem, match="holds no key"):
        load_key("", tmp_path / "key")


def test_a_file_others_may_read_is_refused_with_the_command_that_mends_it(tmp_path):
    load_key("", tmp_path / "key")
    (tmp_path / "key").chmod(0o640)

    with pytest.raises(KeyProblem, match=f"mode 640.*chmod 600 {tmp_path / 'key'}"):
        load_key("", tmp_path / "key")


def test_a_folder_where_none_can_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(KeyProblem, match="cannot be used"):
        load_key("", tmp_path / "file" / "key")


def test_secrets_differ_by_purpose_and_by_key():
    one, other = new_key(), new_key()

    assert derive(one, "django") == derive(one, "django")
    assert len({derive(one, "django"), derive(one, "members"), derive(other, "django"), one}) == 4
