"""Production starts only on settings that are safe."""

import subprocess
import sys

import pytest
from cryptography.fernet import Fernet
from django.conf import settings as django_settings

from lms.checks import DEVELOPMENT_REFLECTION_KEY, DEVELOPMENT_SECRET_KEY, unsafe_settings

SAFE = {
    "SECRET_KEY": "an-own-secret-that-is-long-enough-for-a-site-that-people-rely-on",
    "ALLOWED_HOSTS": ["learn.psesd.example"],
    "DEBUG": False,
    "REFLECTION_KEYS": [Fernet.generate_key().decode()],
}


def test_safe_settings_have_nothing_against_them():
    assert list(unsafe_settings(SAFE)) == []


@pytest.mark.parametrize(
    ("name", "value", "check_id"),
    [
        ("SECRET_KEY", "", "lms.E001"),
        ("SECRET_KEY", "short", "lms.E001"),
        ("SECRET_KEY", DEVELOPMENT_SECRET_KEY, "lms.E001"),
        ("ALLOWED_HOSTS", [], "lms.E002"),
        ("ALLOWED_HOSTS", ["*"], "lms.E002"),
        ("DEBUG", True, "lms.E003"),
        ("REFLECTION_KEYS", [], "lms.E004"),
        ("REFLECTION_KEYS", [*SAFE["REFLECTION_KEYS"], DEVELOPMENT_REFLECTION_KEY], "lms.E004"),
        ("REFLECTION_KEYS", ["not-a-key"], "lms.E005"),
    ],
)
def test_an_unsafe_setting_is_named(name, value, check_id):
    assert [found for found, _ in unsafe_settings({**SAFE, name: value})] == [check_id]


def test_no_process_starts_on_unsafe_settings(tmp_path):
    environment = {
        "DJANGO_SETTINGS_MODULE": "lms.settings.production",
        "ENV_FILE": "/dev/null",
        "VAR_DIR": str(tmp_path),
        "DEBUG": "1",
    }
    start = subprocess.run(
        [sys.executable, "-c", "import lms.settings.production"],
        cwd=django_settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert start.returncode != 0
    assert all(check_id in start.stderr for check_id in ("E001", "E002", "E003", "E004"))
