import Deployment
import Diagnostics
import Services
import Templates

/// The resource whose text is at fault, with what diagnostics about it say of it.
struct Holder {
  let resource: Resource
  let template: Template
  /// The logical ID, if the resource is a service.
  let service: String?
  /// The construct path in a CDK app.
  let construct: String?

  init(_ id: ResourceID, in change: Change) {
    resource = change.new.group[id]
    template = change.new.group.template(of: id)
    construct = change.new.group.stacks[id.stack].constructPath(of: resource)
    service = resource.type == "AWS::ECS::Service" ? resource.logicalID : nil
  }

  var location: Location { template.location(of: resource.key) }

  /// What makes a diagnostic about the resource the same in another revision.
  var identity: [String] { [template.path.description, resource.logicalID] }

  /// Whether a place of the resource's text lies in a part that CloudFormation fills in.
  func isHidden(_ range: Range<Int>) -> Bool {
    template.hiddenParts.contains {
      $0.place.range.lowerBound <= range.lowerBound && range.upperBound <= $0.place.range.upperBound
    }
  }
}
