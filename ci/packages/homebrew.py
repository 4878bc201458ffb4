"""The formula for a tap: Homebrew's Linux takes the archive, macOS builds."""


def write(release, output, sums):
    archive = f"precede-{release.version}-linux-{release.machine}.tar.gz"
    return release.fill("homebrew/precede.rb", output, archive=archive, sum=sums[archive])
