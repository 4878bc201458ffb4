"""What all packages are made of."""

import datetime
import hashlib
import os
import pathlib
import platform
import shutil
import string
import subprocess

from .components import linked_components, notices


def run(*command, **options):
    """The output of a command, which must succeed."""
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, **options).stdout


def digest(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def tar(folder, file, name, time):
    """Packs a folder under another name; the same content makes the same bytes."""
    run("tar", "--create", "--use-compress-program=gzip -n9", "--file", file, "--directory", folder,
        "--transform", f"s,^\\.,{name},", "--sort=name", "--owner=0", "--group=0", "--numeric-owner",
        f"--mtime=@{int(time.timestamp())}", ".")
    return file


class Release:
    """The program, what it says of itself, and the files that go with it into every package.

    `tree` is a folder with what is installed, as it lies below a prefix: bin, and share with a manual page,
    completions and licences.
    """

    description = "Tells where AWS may start an ECS service before the services it needs."
    homepage = "https://github.com/OWNER/precede"

    def __init__(self, checkout, binary, scratch):
        self.checkout, self.scratch = checkout, scratch
        self.templates = pathlib.Path(__file__).parent
        self.version = run(binary, "--version").strip()
        self.machine = platform.machine()
        self.time = datetime.datetime.fromtimestamp(
            int(run("git", "-C", checkout, "log", "-1", "--format=%ct")), datetime.timezone.utc)
        # What tar, hatchling, dpkg-deb and gzip take for the time of all files.
        os.environ["SOURCE_DATE_EPOCH"] = str(int(self.time.timestamp()))
        self.components = linked_components(checkout)
        own = {"Apache-2.0", *(part.license for part in self.components)}
        self.licenses = " AND ".join(sorted(own))
        self.tree = self.plant(binary)

    def plant(self, binary):
        tree = self.folder("tree")
        (tree / "bin").mkdir()
        shutil.copyfile(binary, tree / "bin/precede")
        (tree / "bin/precede").chmod(0o755)
        documents = tree / "share/doc/precede"
        documents.mkdir(parents=True)
        for name in ("LICENSE", "README.md", "CHANGELOG.md"):
            shutil.copyfile(self.checkout / name, documents / name)
        (documents / "THIRD-PARTY-NOTICES").write_text(notices(self.components))
        run(self.checkout / "ci/manual", binary, tree / "share")
        return tree

    def folder(self, name):
        """An empty folder to build in."""
        folder = self.scratch / name
        folder.mkdir()
        return folder

    def fill(self, name, folder, **values):
        """A template of this folder with its `$names` filled in, written to `folder`."""
        file = folder / pathlib.Path(name).name
        template = string.Template((self.templates / name).read_text())
        file.write_text(template.substitute(
            version=self.version, description=self.description, homepage=self.homepage, **values))
        return file
