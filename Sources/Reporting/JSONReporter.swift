package import Diagnostics

/// Our own document, for scripts: everything in the report, diagnostics of both statuses included.
package struct JSONReporter: Reporter {
  package var tool: Tool

  package init(tool: Tool) { self.tool = tool }

  /// Grows when a field changes its meaning. New fields may come without.
  package static let version = 1

  package func report(_ report: Report) -> String {
    let document: JSONValue = [
      "version": .number(Self.version),
      "tool": ["name": .string(Tool.name), "version": .string(tool.version)],
      "scope": scope(report.scope),
      "scopes": .array(report.scopes.map(scope)),
      "templates": [
        "changed": .number(report.templates.changed), "read": .number(report.templates.read),
        "skipped": .array(report.templates.skipped.map { at($0.path, ["reason": .string($0.reason)]) }),
      ],
      "services": [
        "total": .number(report.services.total), "affected": .array(report.services.affected.map(resource)),
      ],
      "connections": .array(report.connections.map(connection)),
      "diagnostics": .array(report.diagnostics.map(diagnostic)),
      "resolved": .array(report.resolved.map(resolved)),
    ]
    return document.text
  }

  private func scope(_ scope: Report.Scope) -> JSONValue {
    [
      "mode": .string(scope.mode), "base": .optional(scope.base), "head": .string(scope.head),
      "reason": .optional(scope.reason),
    ]
  }

  private func connection(_ connection: Report.Connection) -> JSONValue {
    let evidence = connection.evidence.map { evidence in
      at(
        evidence.location.path,
        [
          "kind": .string(evidence.kind), "name": .optional(evidence.name),
          "line": .number(evidence.location.range.start.line),
          "column": .number(evidence.location.range.start.column),
        ])
    }
    return [
      "client": resource(connection.client), "server": resource(connection.server),
      "endpoint": .string(connection.endpoint), "mechanism": .string(connection.mechanism),
      "order": .string(connection.order), "strength": .string(connection.strength),
      "evidence": .array(evidence),
    ]
  }

  private func diagnostic(_ diagnostic: Diagnostic) -> JSONValue {
    at(
      diagnostic.location,
      [
        "rule": .string(diagnostic.rule), "severity": .string(diagnostic.severity.rawValue),
        "status": .string(diagnostic.status.rawValue), "message": .string(diagnostic.message.text),
        "service": .optional(diagnostic.service), "construct": .optional(diagnostic.construct),
        "notes": .array(diagnostic.notes.map { at($0.location, ["message": .string($0.message.text)]) }),
        "introduced": diagnostic.introduction.map {
          ["commit": .string($0.commit), "subject": .string($0.subject)]
        } ?? .null,
        "fix": diagnostic.fix.map(fix) ?? .null,
        "fingerprint": .string(diagnostic.fingerprint), "url": .optional(tool.page(of: diagnostic.rule)),
      ])
  }

  private func fix(_ fix: Fix) -> JSONValue {
    let edits = fix.edits.map { edit in
      at(Location(path: edit.path, range: edit.range), ["text": .string(edit.text)])
    }
    return ["summary": .string(fix.summary), "edits": .array(edits)]
  }

  private func resolved(_ diagnostic: Diagnostic) -> JSONValue {
    at(
      diagnostic.location.path,
      [
        "rule": .string(diagnostic.rule), "fingerprint": .string(diagnostic.fingerprint),
        "service": .optional(diagnostic.service),
      ])
  }

  private func resource(_ resource: Report.Resource) -> JSONValue {
    at(resource.path, ["logicalID": .string(resource.logicalID)])
  }

  private func at(_ location: Location, _ members: [String: JSONValue]) -> JSONValue {
    var members = members
    members["start"] = position(location.range.start)
    members["end"] = position(location.range.end)
    return at(location.path, members)
  }

  /// JSON has no bytes: a path that is not UTF-8 is shown with U+FFFD and given in base64 beside it.
  private func at(_ path: Path, _ members: [String: JSONValue]) -> JSONValue {
    var members = members
    members["path"] = .string(path.description)
    if !path.isUTF8 { members["pathBytes"] = .base64(path.bytes) }
    return .object(members)
  }

  private func position(_ position: SourcePosition) -> JSONValue {
    ["line": .number(position.line), "column": .number(position.column)]
  }
}
