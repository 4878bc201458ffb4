import Diagnostics
import Templates

/// One side with the assembly that its CDK app makes, in the place that the assembly would have in the repository.
struct MountedSnapshot: Snapshot {
  let base: any Snapshot
  let assembly: AssemblySnapshot

  func paths(under folder: Path) throws -> [Path] {
    let around = try base.paths(under: folder).filter { !$0.isInside(assembly.folder) }
    return (around + assembly.paths(under: folder)).sorted()
  }

  func lists(_ path: Path) throws -> Bool {
    try path.isInside(assembly.folder) ? assembly.lists(path) : base.lists(path)
  }

  func contents(of path: Path) throws -> FileContents? {
    path.isInside(assembly.folder) ? assembly.contents(of: path) : try base.contents(of: path)
  }
}
