import Templates

/// Properties that a resource hands out again, so that `Ref` or `Fn::GetAtt` says nothing new. Attributes that CloudFormation
/// takes for the identity of a resource are not among them, even where they are a name: they tell which resource is meant.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/, "Return values" of each type
enum RepeatedProperty {
  /// - Parameter attribute: `nil` for `Ref`.
  static func name(_ attribute: String?, of type: String) -> String? { properties[type]?[attribute ?? "Ref"] }

  /// Whether two resources hand out the same values, told by how these are written.
  static func areSame(_ one: Resource, _ other: Resource) -> Bool {
    one.type == other.type
      && (properties[one.type] ?? [:]).values.allSatisfy { name in
        switch (one.properties?[name], other.properties?[name]) {
        case (nil, nil): true
        case (let value?, let otherValue?): value.isSpelled(as: otherValue)
        default: false
        }
      }
  }

  private static let properties: [String: [String: String]] = [
    "AWS::AppMesh::Mesh": ["MeshName": "MeshName"],
    "AWS::AppMesh::VirtualGateway": ["VirtualGatewayName": "VirtualGatewayName"],
    "AWS::AppMesh::VirtualNode": ["VirtualNodeName": "VirtualNodeName"],
    "AWS::AppMesh::VirtualRouter": ["VirtualRouterName": "VirtualRouterName"],
    "AWS::AppMesh::VirtualService": ["VirtualServiceName": "VirtualServiceName"],
    "AWS::ECS::Service": ["Name": "ServiceName"],
    "AWS::Route53::RecordSet": ["Ref": "Name"],
    "AWS::SSM::Parameter": ["Value": "Value"],
    "AWS::ServiceDiscovery::Service": ["Name": "Name"],
  ]
}
