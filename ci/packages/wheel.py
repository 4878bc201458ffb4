"""The wheel for PyPI: the program in the place of a script, with the tag that auditwheel finds for it."""

import os
import pathlib
import re
import shutil

from .release import run


def write(release, output):
    project = release.folder("pypi")
    release.fill("pypi/pyproject.toml", project, licenses=release.licenses)
    shutil.copy(release.templates / "pypi/hatch_build.py", project)
    release.fill("README.md", project)
    for file in ("bin/precede", "share/doc/precede/LICENSE", "share/doc/precede/THIRD-PARTY-NOTICES"):
        shutil.copy(release.tree / file, project)
    run("hatchling", "build", "--target", "wheel", "--directory", "dist", cwd=project,
        env=os.environ | {"PLATFORM": f"linux_{release.machine}"})
    wheel = next((project / "dist").glob("*.whl"))
    tag = platform(wheel)
    run("wheel", "tags", "--remove", "--platform-tag", tag, wheel)
    wheel = next((project / "dist").glob("*.whl"))
    if platform(wheel) != tag:
        raise SystemExit(f"ci/package: auditwheel says {platform(wheel)} of {wheel.name}")
    return pathlib.Path(shutil.copy(wheel, output))


def platform(wheel):
    """The oldest platform that has all symbols which the programs in the wheel need."""
    said = run("auditwheel", "show", wheel)
    return re.search(r'consistent with\s+the\s+following\s+platform\s+tag:\s+"(manylinux_\w+)"', said)[1]
