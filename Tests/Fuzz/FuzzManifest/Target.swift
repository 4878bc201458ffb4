import Diagnostics
import Support
import Templates

@testable import Linter

/// Bytes as the manifest of a cloud assembly that is checked as a whole. Its stacks find one template and another
/// assembly beside it, so that a manifest may lead to both.
@_cdecl("LLVMFuzzerTestOneInput")
public func run(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let manifest = Array(UnsafeBufferPointer(start: start, count: count))
  let files = MemorySnapshot(files: [
    "cdk.out/manifest.json": manifest, "cdk.out/Shop.template.json": template,
    "cdk.out/assembly-Prod/manifest.json": manifest, "cdk.out/assembly-Prod/Shop.template.json": template,
  ])
  let paths = files.files.keys.sorted()
  var run = Run(
    Comparison(scope: .init(mode: "all", base: nil, head: "WORKTREE"), old: nil, new: files, paths: paths))
  do {
    for path in paths { run.look(at: path) }
    _ = try run.report(narrowedBy: PathFilter(paths: []))
    _ = try run.models()
  } catch {
    fatalError("files in memory can always be read: \(error)")
  }
  return 0
}

private let template = Array(
  """
  {"Resources": {
    "Namespace": {"Type": "AWS::ServiceDiscovery::HttpNamespace", "Properties": {"Name": {"Ref": "Name"}}},
    "Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"ContainerDefinitions": [
      {"Name": "web", "Environment": [{"Name": "DB_HOST", "Value": "db:5432"}]}]}},
    "Web": {"Type": "AWS::ECS::Service", "Properties": {
      "TaskDefinition": {"Ref": "Task"},
      "ServiceConnectConfiguration": {"Namespace": {"Ref": "Namespace"}, "Services": [
        {"PortName": "db", "ClientAliases": [{"DnsName": "db", "Port": 5432}]}]}}}},
   "Parameters": {"Name": {"Type": "String", "Default": "shop"}}}
  """.utf8)
