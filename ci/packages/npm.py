"""The package for npm: the program itself is its command, without a script around it."""

import shutil

from .release import tar

CPUS = {"x86_64": "x64", "aarch64": "arm64"}


def write(release, output):
    package = release.folder("npm")
    release.fill("npm/package.json", package, cpu=CPUS[release.machine], licenses=release.licenses)
    release.fill("README.md", package)
    shutil.copytree(release.tree / "bin", package / "bin")
    for name in ("LICENSE", "THIRD-PARTY-NOTICES"):
        shutil.copy(release.tree / "share/doc/precede" / name, package)
    return tar(package, output / f"precede-{release.version}.tgz", "package", release.time)
