import Deployment
import Diagnostics
import Services
import Templates

/// A forced new deployment of a service, as an edit of its template.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-service-forcenewdeployment.html
struct ForcedDeploymentEdit {
  /// `nil` where the template does not write the properties so plainly that an edit is sure to change nothing else.
  let edit: Fix.Edit?

  /// - Parameter reason: what the deployment is for; another one gives another text, so that it starts.
  init(of service: Service, for reason: [String], in group: TemplateGroup) {
    let template = group.template(of: service.id)
    guard let properties = template.written(service.logicalID)?["Properties"] else {
      edit = nil
      return
    }
    let editor = DocumentEditor(template.file)
    let known = properties["ForceNewDeployment"]
    let before = known?["ForceNewDeploymentNonce"]
    // The same input gives the same text, and never the one that is there.
    let digits = Fingerprint.digits(of: reason + [before?.text ?? ""]).prefix(8)
    let nonce = NewEntry("ForceNewDeploymentNonce", .text("new-\(digits)"))
    let found: TextEdit?
    if let known {
      guard known["EnableForceNewDeployment"]?.isScalar("true") ?? false else {
        edit = nil
        return
      }
      found =
        before == nil
        ? editor.adding(nonce, to: known, behind: ["EnableForceNewDeployment"])
        : editor.replacing(nonce.key, of: known, by: nonce.value)
    } else {
      found = editor.adding(
        NewEntry("ForceNewDeployment", .mapping([NewEntry("EnableForceNewDeployment", .flag(true)), nonce])),
        to: properties, behind: ["TaskDefinition", "Cluster", "ServiceName"])
    }
    edit = found.map(template.edit)
  }
}
