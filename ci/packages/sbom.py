"""What is in the program, as a CycloneDX document."""

import uuid

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from .release import digest


def write(release, output):
    licenses = LicenseFactory()
    program = Component(
        name="precede", version=release.version, type=ComponentType.APPLICATION, description=release.description,
        bom_ref="precede", licenses=[licenses.make_from_string("Apache-2.0")],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest(release.tree / "bin/precede"))],
        external_references=[ExternalReference(type=ExternalReferenceType.VCS, url=XsUri(release.homepage))])
    parts = [
        Component(
            name=part.name, version=part.version, type=ComponentType.LIBRARY, bom_ref=part.purl,
            purl=PackageURL.from_string(part.purl), licenses=[licenses.make_from_string(part.license)],
            external_references=[ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(part.url))])
        for part in release.components
    ]
    # The same program has the same list: its number is made of the program's checksum.
    bom = Bom(components=parts, serial_number=uuid.uuid5(uuid.NAMESPACE_URL, digest(release.tree / "bin/precede")))
    bom.metadata.component = program
    bom.metadata.timestamp = release.time
    bom.register_dependency(program, parts)
    text = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2)
    if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise SystemExit(f"ci/package: the list of components is not valid: {error}")
    file = output / f"precede-{release.version}.cdx.json"
    file.write_text(text + "\n")
    return file
