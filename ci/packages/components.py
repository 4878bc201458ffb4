"""What others wrote and the linker put into the program, as the build says and not from memory."""

import dataclasses
import json
import pathlib
import re
import subprocess

# The licence of each archive as SPDX writes it. That of the rest is in the texts that lie beside them.
LICENSES = {
    "git2": "GPL-2.0-only WITH GCC-exception-2.0",
    "yaml": "MIT",
    "z": "Zlib",
    "http_parser": "MIT",
    "stdc++": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "gcc_eh": "GPL-3.0-or-later WITH GCC-exception-3.1",
}


@dataclasses.dataclass(frozen=True)
class Component:
    """A library in the program. `text` is the licence that its authors ship."""

    name: str
    version: str
    license: str
    text: str
    purl: str
    url: str


def notices(components):
    """The licences of all, each text once."""
    texts = {}
    for part in components:
        texts.setdefault(part.text.strip(), []).append(f"{part.name} {part.version}, {part.url}\n{part.license}\n")
    rule = "=" * 80 + "\n"
    return "\n".join(f"{rule}{''.join(heads)}{rule}\n{text}\n" for text, heads in texts.items())


def output(*command):
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout.strip()


def linked_components(checkout):
    """All of them, by name. Fails for an archive of which no licence is known."""
    build = checkout / ".build-release"
    parts = [swift(), *swift_packages(checkout, build)]
    for archive in (link.resolve() for link in (build / "link").glob("lib*.a")):
        name = archive.stem.removeprefix("lib")
        parts.append(libgit2(build) if name == "git2" else debian_package(name, archive))
    return sorted(set(parts), key=lambda part: part.name)


def swift():
    """Swift's own libraries, Foundation and Dispatch among them."""
    version = re.search(r"Swift version (\S+)", output("swift", "--version"))[1]
    runtime = json.loads(output("swift", "-print-target-info"))["paths"]["runtimeResourcePath"]
    text = (pathlib.Path(runtime).parent.parent / "share/swift/LICENSE.txt").read_text()
    return Component(
        "swift", version, apache(text), text, f"pkg:github/swiftlang/swift@swift-{version}-RELEASE",
        "https://www.swift.org")


def swift_packages(checkout, build):
    pins = {pin["identity"]: pin for pin in json.loads((checkout / "Package.resolved").read_text())["pins"]}
    for identity, pin in pins.items():
        text = next((build / "swift/checkouts" / identity).glob("LICENSE*")).read_text()
        path = pin["location"].removesuffix(".git").removeprefix("https://github.com/")
        version = pin["state"]["version"]
        yield Component(identity, version, apache(text), text, f"pkg:github/{path}@{version}", pin["location"])


def apache(text):
    if "Apache License" not in text:
        raise SystemExit(f"ci/package: no Apache License: {text[:200]}")
    return "Apache-2.0" + (" WITH Swift-exception" if "Runtime Library Exception" in text else "")


def libgit2(build):
    """libgit2 as ci/release has built it; its COPYING has the licences of what is bundled in it."""
    built_from = (build / "prefix/built-from").read_text().strip()
    if (source := pathlib.Path(built_from)).is_dir():
        package = (build / "prefix/lib/pkgconfig/libgit2.pc").read_text()
        version = re.search(r"^Version: (.*)$", package, re.MULTILINE)[1]
        purl = f"pkg:github/libgit2/libgit2@v{version}"
    else:
        source, version = next(build.glob("libgit2-[0-9]*/")), built_from
        purl = f"pkg:deb/{distribution()}/libgit2@{version}?arch=source"
    text = (source / "COPYING").read_text()
    return Component("libgit2", version, LICENSES["git2"], text, purl, "https://libgit2.org")


def debian_package(name, archive):
    # Where /usr/lib is a link the package may know the file as one of /lib.
    found = subprocess.run(
        ["dpkg-query", "--search", archive, str(archive).removeprefix("/usr")], text=True, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, check=False).stdout
    package = found.split(":")[0]
    version, architecture, page = output(
        "dpkg-query", "--show", "--showformat", "${Version}\n${Architecture}\n${Homepage}", package).split("\n")
    return Component(
        package, version, LICENSES[name], pathlib.Path(f"/usr/share/doc/{package}/copyright").read_text(),
        f"pkg:deb/{distribution()}/{package}@{version}?arch={architecture}", page)


def distribution():
    return dict(
        line.split("=", 1) for line in pathlib.Path("/etc/os-release").read_text().splitlines() if "=" in line)["ID"]
