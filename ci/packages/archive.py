"""The archive that the GitHub action downloads."""

from .release import tar


def write(release, output):
    name = f"precede-{release.version}-linux-{release.machine}"
    return tar(release.tree, output / f"{name}.tar.gz", name, release.time)
