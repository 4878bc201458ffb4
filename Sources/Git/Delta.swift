/// One entry of a comparison of a tree with the index, as a back end has it.
struct Delta: Hashable {
  let path: [UInt8]
  let old: FileVersion?
  let new: FileVersion?
}
