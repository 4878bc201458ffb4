import Deployment
import Templates

/// File systems that a task mounts: their names resolve only in subnets that have a mount target.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-efs-mounttarget.html
struct MountTargetNeeds: NeedSource {
  private let table: ResourceTable
  private var mountTargets: [ResourceID: [Need.Provider]] = [:]

  init(_ table: ResourceTable) {
    self.table = table
    for id in table.all("AWS::EFS::MountTarget") {
      let node = table.properties(of: id)?["FileSystemId"]
      for system in table.targets(of: node, in: id.stack) {
        mountTargets[system.value, default: []].append(table.provider(id, shownBy: node, when: system.premises))
      }
    }
  }

  func needs(of service: Service) -> [Need] {
    guard !mountTargets.isEmpty, let task = service.taskDefinition?.id else { return [] }
    return table.elements(of: table.properties(of: task)?["Volumes"], in: task.stack).flatMap { volume -> [Need] in
      let settings = volume.value["EFSVolumeConfiguration"].map { table.evaluator.branches(of: $0, in: task.stack) }
      return (settings ?? []).flatMap { efs -> [Need] in
        guard let node = efs.value["FilesystemId"] else { return [] }
        return table.targets(of: node, in: task.stack).compactMap { system in
          guard let providers = mountTargets[system.value] else { return nil }
          return Need(
            service: service, kind: .mountTarget, subject: table.group[system.value].logicalID, providers: providers,
            isMetByOne: false, spot: table.spot(of: node, task),
            ways: [volume.premises + efs.premises + system.premises])
        }
      }
    }
  }
}
