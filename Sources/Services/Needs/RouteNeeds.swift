import Deployment
import Templates

/// The way out of the subnets of a service, by which its tasks get their image, their secrets and their log stream:
/// default routes with the associations of their tables, or the endpoints of those AWS services in the VPC.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
struct RouteNeeds: NeedSource {
  private let table: ResourceTable
  /// By route table.
  private var routes: [ResourceID: [Need.Provider]] = [:]
  /// By subnet, each with its route table.
  private var associations: [ResourceID: [(provider: Need.Provider, table: ResourceID)]] = [:]
  /// By VPC.
  private var endpoints: [ResourceID: [Need.Provider]] = [:]

  init(_ table: ResourceTable) {
    self.table = table
    for id in table.all("AWS::EC2::Route") { readRoute(id) }
    for id in table.all("AWS::EC2::SubnetRouteTableAssociation") { readAssociation(id) }
    for id in table.all("AWS::EC2::VPCEndpoint") { readEndpoint(id) }
  }

  private mutating func readRoute(_ id: ResourceID) {
    let properties = table.properties(of: id)
    let destination = properties?["DestinationCidrBlock"] ?? properties?["DestinationIpv6CidrBlock"]
    guard !table.texts(of: destination, in: id.stack).isDisjoint(with: ["0.0.0.0/0", "::/0"]) else { return }
    for owner in table.targets(of: properties?["RouteTableId"], in: id.stack) {
      routes[owner.value, default: []].append(table.provider(id, shownBy: destination, when: owner.premises))
    }
  }

  private mutating func readAssociation(_ id: ResourceID) {
    let properties = table.properties(of: id)
    let node = properties?["SubnetId"]
    for subnet in table.targets(of: node, in: id.stack) {
      for owner in table.targets(of: properties?["RouteTableId"], in: id.stack) {
        let provider = table.provider(id, shownBy: node, when: subnet.premises + owner.premises)
        associations[subnet.value, default: []].append((provider, owner.value))
      }
    }
  }

  private mutating func readEndpoint(_ id: ResourceID) {
    let properties = table.properties(of: id)
    let name = properties?["ServiceName"]
    let ends = table.texts(of: name, in: id.stack)
    guard ends.contains(where: { text in needed.contains { text.hasSuffix($0) } }) else { return }
    for network in table.targets(of: properties?["VpcId"], in: id.stack) {
      endpoints[network.value, default: []].append(table.provider(id, shownBy: name, when: network.premises))
    }
  }

  func needs(of service: Service) -> [Need] {
    let network = table.properties(of: service.id)?["NetworkConfiguration"]?["AwsvpcConfiguration"]
    guard let list = network?["Subnets"] else { return [] }
    let providers = table.targets(ofElements: list, in: service.id.stack).flatMap(providers)
    guard !providers.isEmpty else { return [] }
    return [
      Need(
        service: service, kind: .route, subject: nil, providers: providers, isMetByOne: false,
        spot: table.spot(of: list, service.id), ways: [[]])
    ]
  }

  /// What a subnet needs; where it has a default route, endpoints are a shorter way and no other one.
  private func providers(of subnet: Conditional<ResourceID>) -> [Need.Provider] {
    let tables = (associations[subnet.value] ?? []).filter { routes[$0.table] != nil }
    let found =
      tables.isEmpty
      ? table.targets(of: table.properties(of: subnet.value)?["VpcId"], in: subnet.value.stack)
        .flatMap { endpoints[$0.value] ?? [] }
      : tables.flatMap { [$0.provider] + (routes[$0.table] ?? []) }
    return found.map { provider in
      var provider = provider
      provider.ways = provider.ways.map { $0 + subnet.premises }
      return provider
    }
  }
}

/// How the names of the endpoints end by which an image is pulled and logs are written.
private let needed = [".ecr.api", ".ecr.dkr", ".s3", ".logs"]
