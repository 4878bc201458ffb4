/// The page of the documentation about the configuration, from the table of keys.
enum ConfigurationGuide {
  static var markdown: String {
    introduction + ConfigurationKey.all.map(section).joined() + inTemplates
  }

  private static func section(_ key: ConfigurationKey) -> String {
    var text = "\n## `\(key.name)`\n\n\(key.summary)\n\n```yaml\n\(key.example)\n```\n"
    if !key.fields.isEmpty {
      text += "\n| field | |\n|---|---|\n"
      text += key.fields.map { "| `\($0.name)` | \($0.summary)\($0.isNeeded ? "; needed" : "") |\n" }.joined()
    }
    return text
  }

  private static let introduction = """
    # The configuration: `.precede.yml`

    It lies at the top of the repository and is read from the side of a change that counts, like the templates: in a
    pre-commit hook from the index. `--config FILE` takes another file, `--config-from base` the one before the change,
    so that a pull request cannot silence what it brings in. Unknown keys, wrong types and unknown names are errors with
    their place. Nothing in it runs a program. `precede init` writes one in which all of this is a comment.

    """

  private static let inTemplates = """

    ## Suppressions in a template

    On the resource that the diagnostic is about, in YAML or JSON; `Client`, `Server` and `Until` may be left out:

    ```yaml
    WordPress:
      Type: AWS::ECS::Service
      Metadata:
        Precede:
          Suppress:
            - {Rule: client-before-server, Server: MySql, Reason: WordPress retries, Until: 2027-03-01}
    ```

    In YAML also as a comment on the line before the logical ID, with the rule and the reason; several such lines may
    follow each other:

    ```yaml
    # precede: ignore client-before-server WordPress retries
    WordPress:
      Type: AWS::ECS::Service
    ```

    A suppression without a reason, with an unknown rule or with a misspelled key does not count, and the diagnostic says
    so. One that is past its date is reported by `expired-suppression` together with what it silenced, one that matches
    nothing by `unused-suppression` when everything is looked at (`--all`). The summary says how many diagnostics a change
    itself silences: by suppressions, by turning rules off, or by adding to the baseline.

    """
}
