import smtplib
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import psycopg
import pytest
import redis

from tests.peers.postgres import main as postgres_command
from tests.peers.redis import main as redis_command


def test_postgres_keeps_rows_in_french_and_sorts_them_the_same_everywhere(postgres_server):
    with psycopg.connect(postgres_server.create_database("peers_rows")) as connection:
        connection.execute("CREATE TABLE word (text text)")
        connection.execute("INSERT INTO word VALUES ('été'), ('Zoé'), ('abc')")
        words = [row[0] for row in connection.execute("SELECT text FROM word ORDER BY text")]

    assert words == ["Zoé", "abc", "été"]


def test_redis_answers_on_loopback(redis_server):
    client = redis.Redis.from_url(redis_server.url)
    client.set("drop", "of water")

    assert client.get("drop") == b"of water"
    client.close()


@pytest.mark.server
@pytest.mark.parametrize(
    ("module", "variable", "scheme"),
    [
        ("tests.peers.postgres", "COLIBRI_DATABASE_URL", "postgres://"),
        ("tests.peers.redis", "COLIBRI_QUEUE_URL", "redis://"),
    ],
)
def test_a_command_finds_the_server_started_around_it(module, variable, scheme):
    show = f"import os; print(os.environ[{variable!r}]); raise SystemExit(7)"

    done = subprocess.run(
        [sys.executable, "-m", module, "run", "--", sys.executable, "-c", show],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )

    assert done.returncode == 7
    assert done.stdout.startswith(scheme)


@pytest.mark.parametrize("command", [postgres_command, redis_command])
def test_words_it_does_not_know_are_answered_with_the_usage(command, capsys):
    assert command(["ran", "--", "true"]) == 2
    assert "Usage" in capsys.readouterr().err


@pytest.mark.server
def test_mail_arrives_whole_and_a_refused_address_is_refused(smtp_server):
    smtp_server.clear()
    smtp_server.refused.add("gone@example.org")
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Vos trois du soir", "a@example.org", "b@example.org"
    message.set_content("Bonsoir à vous\n")

    with smtplib.SMTP("127.0.0.1", smtp_server.port) as client:
        client.send_message(message)
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            client.sendmail("a@example.org", ["gone@example.org"], "x")

    (received,) = smtp_server.wait_for(1)
    assert received.recipients == ["b@example.org"]
    assert received.message["Subject"] == "Vos trois du soir"
    assert received.body() == "Bonsoir à vous\n"
