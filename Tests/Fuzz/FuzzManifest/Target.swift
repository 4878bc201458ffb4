import Deployment
import Diagnostics
import Services
import Templates

/// Bytes as the manifest of a cloud assembly, all of whose stacks are one small template.
@_cdecl("LLVMFuzzerTestOneInput")
public func run(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let manifest = try? Document.read(bytes, named: "cdk.out/manifest.json"),
    let assembly = CloudAssembly(manifest: manifest, in: "cdk.out")
  else { return 0 }
  let stacks = Array(assembly.stacks.prefix(50))
  let model = ServiceModel(TemplateGroup(artifacts: stacks, templates: stacks.map { _ in template }))
  if model.services.count != stacks.count {
    fatalError("\(stacks.count) stacks have \(model.services.count) services")
  }
  return 0
}

private let template: Template? = {
  let text =
    #"{"Resources": {"Web": {"Type": "AWS::ECS::Service", "Properties": {"Cluster": {"Ref": "Cluster"}}}}}"#
  let document = try? Document.read(Array(text.utf8), named: "Shop.template.json")
  return document.map { Template($0, path: "cdk.out/Shop.template.json") }
}()
