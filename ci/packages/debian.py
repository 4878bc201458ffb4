"""The package for Debian and what comes from it. What it depends on is what dpkg-shlibdeps finds."""

import email.utils
import gzip
import os
import shutil
import textwrap

from .release import run

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def write(release, output):
    root = release.folder("debian")
    share = root / "usr/share"
    documents = share / "doc/precede"
    shutil.copytree(release.tree, root / "usr")
    # What Debian has elsewhere, or compressed, or in one place for all packages.
    (documents / "LICENSE").unlink()
    (share / "zsh/site-functions").rename(share / "zsh/vendor-completions")
    bash = share / "bash-completion/completions/precede"
    bash.write_text(bash.read_text().removeprefix("#!/bin/bash\n"))
    for file in (documents / "THIRD-PARTY-NOTICES", *(share / "man/man1").iterdir()):
        compress(file.read_text(), file)
        file.unlink()
    compress(changes(release, (documents / "CHANGELOG.md").read_text()), documents / "changelog")
    (documents / "CHANGELOG.md").unlink()
    parts = "".join(f"  {part.name} {part.version}: {part.license}\n" for part in release.components)
    release.fill("debian/copyright", documents, parts=parts, year=release.time.year)
    (share / "lintian/overrides").mkdir(parents=True)
    shutil.copy(release.templates / "debian/overrides", share / "lintian/overrides/precede")

    (root / "DEBIAN").mkdir()
    size = sum(file.stat().st_size for file in root.rglob("*") if file.is_file())
    release.fill(
        "debian/control", root / "DEBIAN", architecture=ARCHITECTURES[release.machine], depends=depends(release, root),
        maintainer=maintainer(release), size=-(-size // 1024), summary=release.description.rstrip("."))
    files = [file.relative_to(root) for file in sorted((root / "usr").rglob("*")) if file.is_file()]
    sums = [run("md5sum", file, cwd=root) for file in files]
    (root / "DEBIAN/md5sums").write_text("".join(sums))
    for path in root.rglob("*"):
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    file = output / f"precede_{release.version}_{ARCHITECTURES[release.machine]}.deb"
    run("dpkg-deb", "--root-owner-group", "--build", root, file)
    return file


def compress(text, file):
    file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def changes(release, text):
    """The newest section of CHANGELOG.md in the form that Debian's programs read."""
    section = text.split("\n## ")[1].split("\n", 1)[1].strip()
    entries = "\n".join(
        textwrap.fill(" ".join(entry.split()), 76, initial_indent="  * ", subsequent_indent="    ")
        for entry in section.removeprefix("- ").split("\n- "))
    date = email.utils.format_datetime(release.time)
    return f"precede ({release.version}) unstable; urgency=medium\n\n{entries}\n\n -- {maintainer(release)}  {date}\n"


def depends(release, root):
    """The packages whose libraries the program needs, with the versions that have the symbols."""
    source = release.folder("debian-source")
    (source / "debian").mkdir()
    (source / "debian/control").write_text("Source: precede\n\nPackage: precede\nArchitecture: any\n")
    found = run("dpkg-shlibdeps", "-O", root / "usr/bin/precede", cwd=source)
    return found.strip().removeprefix("shlibs:Depends=")


def maintainer(release):
    """Who builds the package, as Debian's own programs take it, or else who wrote the commit."""
    if {"DEBFULLNAME", "DEBEMAIL"} <= set(os.environ):
        return email.utils.formataddr((os.environ["DEBFULLNAME"], os.environ["DEBEMAIL"]))
    return run("git", "-C", release.checkout, "log", "-1", "--format=%an <%ae>").strip()
