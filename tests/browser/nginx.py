"""Find nginx for the test of several servers, or install it; run as a script before the tests, which go on without."""

import os
import shutil
import subprocess

PATIENCE = 60
"""Time in which a package has to be there. [s]"""


def install() -> None:
    """Install Debian's small package, if that is allowed here."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    settings = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["install"], ["update"], ["install"]):
        # lists that are there already spare half a minute
        further = ["-y", "--no-install-recommends", "nginx-light"] if words == ["install"] else []
        try:
            subprocess.run(
                ["apt-get", *words, *further], check=False, env=settings, capture_output=True, timeout=PATIENCE
            )
        except subprocess.TimeoutExpired:
            return
        if shutil.which("nginx"):
            return


def main() -> None:
    """Make sure that there is nginx where it can be installed, and say what becomes of the test."""
    if shutil.which("nginx") is None:
        install()
    if found := shutil.which("nginx"):
        print(f"The test of several servers uses {found}.")
    else:
        print("nginx is not there and cannot be installed here: the test of several servers is skipped.")


if __name__ == "__main__":
    main()
