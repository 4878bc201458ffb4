import Services
import Support
import Testing

/// Names that are not of Service Connect: Cloud Map, load balancers, records and meshes. The client `Web` is in none of
/// them; `Db` is registered as `db`, `A` and `B` stand behind one load balancer, `C` behind a classic one.
@Suite struct NameTests {
  /// A value in the client's environment, and what it leads to.
  @Test(arguments: [
    ("db.shop.local:5432", "Db cloud-map certain"),
    ("db.shop.local", "Db cloud-map strong"),
    ("DB.SHOP.LOCAL.", "Db cloud-map strong"),
    ("db.shop.local:1", "Db cloud-map weak"),
    ("postgres://u:p@db.shop.local/x", "Db cloud-map strong"),
    ("${Registry.Name}.shop.local:5432", "Db cloud-map certain"),
    ("db", nil),
    ("db.other.local", nil),
    ("db.shop.local.example.com", nil),
    ("open.${Domain}", "Open cloud-map strong"),
    ("open.internal", "Open cloud-map strong"),
    ("open.example.com", nil),
    ("open.shop.local", nil),
    ("http-only.api", nil),
    ("http://${Balancer.DNSName}:8080", "A load-balancer certain"),
    ("http://${Balancer.DNSName}:8080/x", "A load-balancer certain"),
    ("http://${Balancer.DNSName}:8080/b/x", "B load-balancer certain"),
    ("http://${Balancer.DNSName}:8080/bx", "A load-balancer certain"),
    ("https://${Balancer.DNSName}/own", nil),
    ("wss://${Balancer.DNSName}", nil),
    ("http://${Balancer.DNSName}", nil),
    ("http://${Balancer.DNSName}:9999", nil),
    ("${Classic.DNSName}", "C load-balancer strong"),
    ("http://${Classic.DNSName}", "C load-balancer certain"),
    ("http://classic.shop.internal", "C load-balancer certain"),
    ("alias.shop.internal", "Db cloud-map strong"),
    ("${Record}", "C load-balancer strong"),
    ("${Elsewhere.DNSName}", nil),
    ("${Nested.Outputs.Url}/n", "N load-balancer strong"),
    ("http://${Nested.Outputs.Url}:7000", "M load-balancer certain"),
    ("${Nested.Outputs.RedisHost}", nil),
    ("http://${Nested.Outputs.Url}:1", nil),
    ("virtual.mesh.local:80", "V other strong"),
    ("routed.mesh.local", "V other strong, Db other strong"),
    ("mesh/x/virtualNode/v", nil),
  ])
  func name(value: String, expected: String?) throws {
    let model = try ServiceModel(parsing: NameTests.template(value))
    let found = model.connections.map { connection in
      "\(model.group[connection.server].logicalID) \(connection.mechanism.rawValue) \(connection.strength.rawValue)"
    }
    #expect(found == (expected?.split(separator: ", ").map(String.init) ?? []))
  }

  /// A variable with the name of a record, and whether the client connects.
  @Test(arguments: [
    ("BACKEND_URL", "http://classic.shop.internal", true), ("BACKEND_HOST", "classic.shop.internal", true),
    ("BACKEND", "classic.shop.internal", false), ("DOMAIN_NAME", "classic.shop.internal", false),
    ("PUBLIC_URL", "http://classic.shop.internal", false), ("CORS_ORIGIN", "http://classic.shop.internal", false),
    ("BACKEND", "db.shop.local", true), ("COOKIE_DOMAIN", "db.shop.local", false),
  ])
  func record(name: String, value: String, isFound: Bool) throws {
    let text = NameTests.template(value).replacing("TARGET_URL", with: name)
    #expect(try ServiceModel(parsing: text).connections.isEmpty != isFound)
  }

  /// What must stand in the client's container for the short name to be one of Cloud Map.
  @Test(arguments: [
    ("", []),
    ("DnsSearchDomains: [shop.local],", ["cloud-map"]),
    ("DnsSearchDomains: [other.local],", []),
    ("Command: [eu-west-1.compute.internal, shop.local],", ["cloud-map"]),
  ])
  func searchDomains(field: String, expected: [String]) throws {
    let text = NameTests.template("x").replacing("Name: web,", with: "Name: web, \(field)")
      .replacing("[{Name: TARGET_URL, Value: !Sub 'x'}]", with: "[{Name: DB_HOST, Value: db}]")
    #expect(try ServiceModel(parsing: text).connections.map(\.mechanism.rawValue) == expected)
  }

  /// A name that is one of Service Connect and one of Cloud Map.
  @Test(arguments: [("serviceConnect", ["service-connect"]), ("x", ["cloud-map"])])
  func serviceConnectComesFirst(kind: String, expected: [String]) throws {
    let connect = "ServiceConnectConfiguration: {Enabled: true, Namespace: shop"
    var text = NameTests.template("db.shop.local:5432").replacing(
      "Registries: [{RegistryArn: !GetAtt Registry.Arn}]",
      with: """
        Registries: [{RegistryArn: !GetAtt Registry.Arn}], \(connect), Services: \
        [{PortName: db, ClientAliases: [{DnsName: db.shop.local, Port: 5432}]}]}
        """)
    if kind == "serviceConnect" {
      text = text.replacing("{TaskDefinition: !Ref WebTask,", with: "{TaskDefinition: !Ref WebTask, \(connect)},")
    }
    #expect(try ServiceModel(parsing: text).connections.map(\.mechanism.rawValue) == expected)
  }

  /// What a mesh lets a service call, without a text.
  @Test(arguments: [("Backends: [{VirtualService: {VirtualServiceName: virtual.mesh.local}}],", ["V other"]), ("", [])])
  func backends(field: String, expected: [String]) throws {
    let text = NameTests.template("x").replacing("{Listeners: [],", with: "{Listeners: [], \(field)")
      .replacing("Name: web,", with: "Name: web, Command: [x],")
      .replacing("Value: !Sub 'x'", with: "Value: mesh/m/virtualNode/web").replacing(
        "TARGET_URL", with: "APPMESH_RESOURCE_ARN")
    let model = try ServiceModel(parsing: text)
    #expect(
      model.connections.map { "\(model.group[$0.server].logicalID) \($0.mechanism.rawValue)" } == expected)
    #expect(model.connections.allSatisfy { !$0.needsOrder })
  }

  private static func template(_ value: String) -> String {
    func service(_ name: String, _ fields: String, port: Int = 80) -> String {
      """
      \(name)Task:
          Type: AWS::ECS::TaskDefinition
          Properties: {ContainerDefinitions: [{Name: main, PortMappings: [{ContainerPort: \(port)}]}]}
        \(name): {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref \(name)Task, \(fields)}}
      """
    }
    func targets(_ group: String) -> String { "LoadBalancers: [{ContainerPort: 7000, TargetGroupArn: \(group)}]" }
    let rule = "{Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {Actions: [{TargetGroupArn: !Ref"
    return """
      Parameters: {Domain: {Type: String}, Space: {Type: String}}
      Resources:
        WebTask:
          Type: AWS::ECS::TaskDefinition
          Properties: {ContainerDefinitions: [{Name: web, Environment: [{Name: TARGET_URL, Value: !Sub '\(value)'}]}]}
        Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref WebTask, \(targets("!Ref GW"))}}
        \(service("Db", "ServiceRegistries: [{RegistryArn: !GetAtt Registry.Arn}]", port: 5432))
        \(service("Open", "ServiceRegistries: [{RegistryArn: !GetAtt OpenRegistry.Arn}]"))
        \(service("Http", "ServiceRegistries: [{RegistryArn: !GetAtt HttpRegistry.Arn}]"))
        \(service("A", targets("!Ref GA")))
        \(service("B", targets("!Ref GB")))
        \(service("C", "LoadBalancers: [{LoadBalancerName: !Ref Classic}]"))
        \(service("N", targets("!Ref GN")))
        \(service("M", targets("!GetAtt Nested.Outputs.Group")))
        \(service("V", ""))
        Private: {Type: AWS::ServiceDiscovery::PrivateDnsNamespace, Properties: {Name: shop.local}}
        HttpNamespace: {Type: AWS::ServiceDiscovery::HttpNamespace, Properties: {Name: api}}
        Registry: {Type: AWS::ServiceDiscovery::Service, Properties: {Name: db, NamespaceId: !Ref Private}}
        OpenRegistry: {Type: AWS::ServiceDiscovery::Service, Properties: {Name: open, DnsConfig: {NamespaceId: !Ref Space}}}
        HttpRegistry: {Type: AWS::ServiceDiscovery::Service, Properties: {Name: http-only, NamespaceId: !Ref HttpNamespace}}
        Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
        Elsewhere: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
        L8080:
          Type: AWS::ElasticLoadBalancingV2::Listener
          Properties: {LoadBalancerArn: !Ref Balancer, Port: 8080, DefaultActions: [{TargetGroupArn: !Ref GA}]}
        L443:
          Type: AWS::ElasticLoadBalancingV2::Listener
          Properties:
            LoadBalancerArn: !Ref Balancer
            Port: 443
            DefaultActions: [{ForwardConfig: {TargetGroups: [{TargetGroupArn: !Ref GW}]}}]
        RuleB: \(rule) GB}], ListenerArn: !Ref L8080, Conditions: [{Field: path-pattern, Values: ['/b', '/b/*']}]}}
        RuleN: \(rule) GN}], ListenerArn: !GetAtt Nested.Outputs.Listener, Conditions: [{Field: path-pattern, Values: [/n]}]}}
        GW: {Type: AWS::ElasticLoadBalancingV2::TargetGroup}
        GA: {Type: AWS::ElasticLoadBalancingV2::TargetGroup}
        GB: {Type: AWS::ElasticLoadBalancingV2::TargetGroup}
        GN: {Type: AWS::ElasticLoadBalancingV2::TargetGroup}
        Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://s3.amazonaws.com/b/t.yaml'}}
        Classic: {Type: AWS::ElasticLoadBalancing::LoadBalancer, Properties: {Listeners: [{LoadBalancerPort: 80}]}}
        Record:
          Type: AWS::Route53::RecordSet
          Properties: {Name: classic.shop.internal., AliasTarget: {DNSName: !Sub 'dualstack.${Classic.DNSName}'}}
        Records:
          Type: AWS::Route53::RecordSetGroup
          Properties: {RecordSets: [{Name: alias.shop.internal, Type: CNAME, ResourceRecords: [db.shop.local]}]}
        VNode:
          Type: AWS::AppMesh::VirtualNode
          Properties: {VirtualNodeName: v, Spec: {ServiceDiscovery: {AWSCloudMap: {NamespaceName: x, ServiceName: v}}}}
        WebNode: {Type: AWS::AppMesh::VirtualNode, Properties: {VirtualNodeName: web, Spec: {Listeners: [],}}}
        DbNode:
          Type: AWS::AppMesh::VirtualNode
          Properties: {VirtualNodeName: d, Spec: {ServiceDiscovery: {DNS: {Hostname: db.shop.local}}}}
        Virtual:
          Type: AWS::AppMesh::VirtualService
          Properties:
            VirtualServiceName: virtual.mesh.local
            Spec: {Provider: {VirtualNode: {VirtualNodeName: !GetAtt VNode.VirtualNodeName}}}
        Routed:
          Type: AWS::AppMesh::VirtualService
          Properties: {VirtualServiceName: routed.mesh.local, Spec: {Provider: {VirtualRouter: {VirtualRouterName: r}}}}
        Route:
          Type: AWS::AppMesh::Route
          Properties:
            VirtualRouterName: r
            Spec: {HttpRoute: {Action: {WeightedTargets: [{VirtualNode: v, Weight: 1}, {VirtualNode: d, Weight: 1}, {VirtualNode: web, Weight: 0}]}}}
      """.replacing(
        "{Name: main, PortMappings: [{ContainerPort: 80}]}]}\n  V:",
        with: "{Name: main, Environment: [{Name: APPMESH_RESOURCE_ARN, Value: mesh/m/virtualNode/v}]}]}\n  V:")
  }
}
