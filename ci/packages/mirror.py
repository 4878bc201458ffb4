"""The files of the repository that pre-commit clones: a hook in Python that has the wheel as its only dependency."""


def write(release, output):
    folder = output / "mirror"
    folder.mkdir(exist_ok=True)
    for name in (".pre-commit-hooks.yaml", "pyproject.toml", "README.md"):
        release.fill(f"mirror/{name}", folder)
    return folder
