# Makes the assembly of an app whose source is the file `blog`: the name of a page's template. Notes that it ran.
#
#   sh fake-synth.sh OUTPUT
echo "$PWD" >>"$RUNS"
mkdir -p "$1"
cp "$PAGES/$(cat blog).yaml" "$1/Services.template.yaml"
cat >"$1/manifest.json" <<'MANIFEST'
{
  "version": "55.0.0",
  "artifacts": {
    "Services": {
      "type": "aws:cloudformation:stack",
      "environment": "aws://unknown-account/unknown-region",
      "properties": {"templateFile": "Services.template.yaml"}
    }
  }
}
MANIFEST
