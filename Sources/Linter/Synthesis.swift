import Diagnostics
import Git
import Templates

/// One app that is synthesised on one side or two, each in a throw-away checkout unless its assembly was kept.
struct Synthesis {
  let synth: Synth
  let repository: Repository
  /// The variables of the process.
  let environment: [String: String]
  /// Where the command starts, which with all that is below it is what it has to work with.
  let folder: Path
  /// The same folder as it is in the work tree.
  let directory: String
  /// The place in the repository that stands for the assembly.
  let place: Path
  let cache: SynthCache
  let interruption: Interruption
  let progress: Progress?
  private(set) var details: [String] = []

  init(
    _ synth: Synth, _ repository: Repository, _ environment: [String: String], folder: Path, directory: String,
    place: Path, _ interruption: Interruption, _ progress: Progress?
  ) throws {
    self.synth = synth
    self.repository = repository
    self.environment = environment
    self.folder = folder
    self.directory = directory
    self.place = place
    self.interruption = interruption
    self.progress = progress
    cache = try SynthCache(environment)
    cache.tidy()
  }

  /// The assembly of a side; `nil` when the folder is not there on this side.
  mutating func assembly(of side: Comparison.Side) throws -> AssemblySnapshot? {
    guard case .commit(let commit) = side else { return try synthesise(side, keptAs: nil, named: "\(side)") }
    guard let tree = try repository.tree(of: commit).id(ofFolder: folder.bytes) else { return nil }
    let key = SynthCache.key(synth.command, folder, tree)
    if let kept = cache.assembly(key), let assembly = try AssemblySnapshot(of: kept, as: place) {
      details.append("\(side): its assembly was kept in \(kept)")
      return assembly
    }
    return try synthesise(side, keptAs: key, named: "\(tree)")
  }

  private mutating func synthesise(
    _ side: Comparison.Side, keptAs key: String?, named name: String
  ) throws -> AssemblySnapshot {
    progress?("synthesising \(side)")
    let clock = ContinuousClock()
    let start = clock.now
    let checkout = try ThrowAwayCheckout(named: name.replacing(" ", with: "-"), in: cache)
    defer { checkout.remove() }
    try fill(checkout, with: side)
    try run(in: checkout, on: side)
    details.append("\(side): synthesised in \((clock.now - start).formattedSeconds)")
    guard let assembly = try AssemblySnapshot(of: checkout.output, as: place) else {
      throw failed(
        "synthesise \(side)", "the command wrote no assembly", in: checkout,
        hint: synth.command.contains("{out}")
          ? nil : "say where it is to write to: --synth 'npx cdk synth --output {out}'")
    }
    if let key { try cache.keep(checkout.output, as: key) }
    return assembly
  }

  private func fill(_ checkout: ThrowAwayCheckout, with side: Comparison.Side) throws {
    switch side {
    case .commit(let commit):
      try checkout.write(repository.tree(of: commit), under: folder, of: repository, unless: interruption.check)
    case .index:
      try checkOutIndex(into: checkout)
    case .workTree:
      try checkout.copyWorkTree(of: repository, under: folder, unless: interruption.check)
    }
  }

  /// By git itself, with its filters, since the index is of what its work tree is. From a folder it writes what is below.
  private func checkOutIndex(into checkout: ThrowAwayCheckout) throws {
    var variables = environment
    variables["GIT_DIR"] = repository.gitDirectory
    variables["GIT_WORK_TREE"] = repository.workTree
    variables["GIT_INDEX_FILE"] = repository.indexPath
    try DiskFolder(checkout.top + "/" + folder.description).make()
    let command = ShellCommand(
      text: SynthCommand(text: "git checkout-index --all --prefix={top}").replacing(["top": checkout.top + "/"]),
      folder: directory, variables: variables, printed: checkout.printed)
    if let failure = try interruption.waiting(for: command.run) ?? nil {
      throw failed("write out the index", failure, in: checkout, hint: nil)
    }
  }

  private func run(in checkout: ThrowAwayCheckout, on side: Comparison.Side) throws {
    let command = ShellCommand(
      text: SynthCommand(text: synth.command)
        .replacing(["out": checkout.output, "root": repository.workTree ?? directory]),
      folder: checkout.top + "/" + folder.description,
      variables: SynthCommand.variables(environment, keeping: synth.variables), printed: checkout.printed)
    if let failure = try interruption.waiting(for: command.run) ?? nil {
      let only =
        folder.bytes.isEmpty ? nil : "the command had the files of \(folder) alone; start it higher up if it needs more"
      throw failed("synthesise \(side)", failure, in: checkout, hint: only)
    }
  }

  /// With what the command had to say: its error output, or what else it printed.
  private func failed(
    _ operation: String, _ reason: String, in checkout: ThrowAwayCheckout, hint: String?
  ) -> RunError {
    let texts = [checkout.printed.errors, checkout.printed.output].map { path in
      let contents = try? FolderSnapshot(directory: "/").contents(of: Path(path))
      return switch contents {
      case .bytes(let bytes): String(decoding: bytes.suffix(64 << 10), as: UTF8.self)
      case .tooLarge(_, let beginning): String(decoding: beginning, as: UTF8.self)
      case nil: ""
      }
    }
    return RunError(operation, reason, hint: hint, output: texts.first { !$0.isEmpty })
  }
}

extension Duration {
  /// With two decimals.
  fileprivate var formattedSeconds: String {
    let hundredths = components.seconds * 100 + components.attoseconds / 10_000_000_000_000_000
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
  }
}
