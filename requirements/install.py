"""Make the virtual environment ``.venv`` hold just what a lock file names. Usage: install.py LOCK

Runs on whatever Python a machine has, before anything is installed: standard library only, and written so
that even an old Python gets as far as its own clear sentence. Safe to break off and run again.
"""

import fcntl
import hashlib
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(os.path.dirname(HERE), ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
#: Stands while packages are being installed: an environment that was broken off is made anew.
UNFINISHED = os.path.join(VENV, "unfinished")


def main(lock):
    """Install ``lock`` unless the environment has it already."""
    if sys.version_info < (3, 11):
        found = ".".join(map(str, sys.version_info[:2]))
        sys.exit("Python 3.11 or newer is needed, this is " + found + ". Try: make run PYTHON=python3.11")
    # `make run` and `make test` at once: the second waits, and finds it done.
    with open(__file__) as place:
        fcntl.flock(place, fcntl.LOCK_EX)
        install(lock)


def install(lock):
    """Make the environment and fill it, if that is not done yet."""
    marker = os.path.join(VENV, "installed-" + os.path.basename(lock))
    wanted = fingerprint(lock)
    if read(marker) == wanted and not os.path.exists(UNFINISHED):
        return
    make_environment()
    print("Installing packages (once, a minute or two) ...", flush=True)
    write(UNFINISHED, lock)
    if not install_quickly(lock):
        run(
            pip_install(lock),
            "The packages could not be installed; pip's lines above say why. Then run it again.",
        )
    os.remove(UNFINISHED)
    write(marker, wanted)


def pip_install(lock):
    """Return the command that has pip install ``lock``."""
    # Only what is built already: nobody needs a compiler to run this. Bytecode is written when a module is
    # first used; most of what these packages bring never is.
    command = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    return [*command, "--no-compile", "--only-binary", ":all:", "--requirement", lock]


def install_quickly(lock):
    """Try uv, which takes a tenth of pip's time; whether it worked. Where it doesn't, pip is asked."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if subprocess.call(pip_install(os.path.join(HERE, "uv.txt")), **quiet):
        return False
    command = [os.path.join(VENV, "bin", "uv"), "pip", "install", "--quiet", "--python", PYTHON]
    command += ["--require-hashes", "--no-build", "--requirement", lock]
    return not subprocess.call(command, env=as_uv_reads(os.environ), **quiet)


def as_uv_reads(environment):
    """Return the environment with what the machine tells pip about its index, in uv's words."""
    told = {"UV_HTTP_TIMEOUT": "20"}
    for setting, name in (("index-url", "UV_DEFAULT_INDEX"), ("cert", "SSL_CERT_FILE")):
        value = setting_of_pip(setting, environment)
        if value:
            told[name] = value
    return {**told, **environment}


def setting_of_pip(setting, environment):
    """Return what pip was told by a variable or in its own file; nothing when it wasn't."""
    variable = environment.get("PIP_" + setting.upper().replace("-", "_"))
    if variable:
        return variable
    asked = subprocess.run(
        [PYTHON, "-m", "pip", "config", "get", "global." + setting], capture_output=True, text=True
    )
    return asked.stdout.strip() if asked.returncode == 0 else ""


def fingerprint(lock):
    """Return what the environment must be made from: the lock, this Python, this place."""
    with open(lock, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    return " ".join([digest, sys.version.split()[0], VENV])


def make_environment():
    """Make the environment, anew if there is none that works or one that was broken off."""
    works = (
        os.path.exists(PYTHON)
        and subprocess.call([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL) == 0
    )
    if works and not os.path.exists(UNFINISHED):
        return
    run(
        [sys.executable, "-m", "venv", "--clear", VENV],
        "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv",
    )


def run(command, sentence):
    """Run a command; end with a sentence instead of a traceback when it fails."""
    try:
        status = subprocess.call(command)
    except KeyboardInterrupt:
        sys.exit("\nBroken off; run it again and it begins anew.")
    if status:
        sys.exit(sentence)


def read(path):
    """Return a small file's text, or nothing."""
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def write(path, text):
    """Write a small file."""
    with open(path, "w") as file:
        file.write(text)


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
