#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// The streams, the arguments and the exit status; everything else is a value from here on.
// Swift reads the arguments from /proc. A hook that has none would show the help and let everything pass.
guard !CommandLine.arguments.isEmpty else {
  Context.process.tell("cannot read the arguments: /proc is not mounted")
  exit(ExitStatus.failed.rawValue)
}
let status = Precede.run(Array(CommandLine.arguments.dropFirst()), in: .process)
exit(status.rawValue)
