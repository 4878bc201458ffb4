#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// The streams, the arguments and the exit status; everything else is a value from here on.
let status = Precede.run(Array(CommandLine.arguments.dropFirst()), in: .process)
exit(status.rawValue)
