/// Lengths of a picture, in pixels of CSS. What decides heights is a multiple of 8, half a box too, so that an edge is
/// straight or has a bend that can be seen.
struct Measures {
  /// All boxes are equally wide; those with many ports are higher.
  let boxWidth: Double
  let boxHeight = 48.0
  /// Between boxes of a column, and between passes.
  let boxGap = 16.0
  let passGap = 16.0
  /// Between columns of a wave, and what is added between waves.
  let columnGap = 60.0
  let waveGap = 24.0
  /// Between upright lines, and from these to boxes, for heads of arrows and marks.
  let trackGap = 12.0
  let trackMargin = 28.0
  /// From the border of a frame to what is inside, on its sides and below; the title takes more room.
  let framePadding = 16.0
  let titleHeight = 32.0
  /// Between rows of frames.
  let rowGap = 24.0
  /// The names of the waves.
  let headHeight = 32.0
  /// Between the ports of a box.
  let portGap = 16.0
}
