/// How pictures look, in light and in dark, on screens and on paper.
enum Stylesheet {
  /// For the picture alone: it takes its colours from what the reader's system prefers.
  static let picture: Markup = """
    :root{color-scheme:light dark;\
    --page:#fff;--band:#f3f5f8;--frame:#fff;--edge:#c8d0da;--box:#f7f9fb;--rim:#7b8794;--ink:#1b2027;--faint:#57606a;\
    --line:#4a5868;--chain:#0757ba;--fault:#c4192a;--circle:#8326b4;--doubt:#8a5a00;--wait:#76818d;--mark:#fff}
    @media (prefers-color-scheme:dark){:root{\
    --page:#0e1116;--band:#151a21;--frame:#12161c;--edge:#3a434f;--box:#1d232b;--rim:#76818d;--ink:#eef2f6;--faint:#a3adb8;\
    --line:#a9b6c4;--chain:#6cb0ff;--fault:#ff7a85;--circle:#d19bf5;--doubt:#e3b341;--wait:#818d99;--mark:#0e1116}}
    @media print{:root{color-scheme:light;\
    --page:#fff;--band:#f3f5f8;--frame:#fff;--edge:#c8d0da;--box:#f7f9fb;--rim:#7b8794;--ink:#000;--faint:#444;\
    --line:#333;--chain:#0757ba;--fault:#c4192a;--circle:#8326b4;--doubt:#8a5a00;--wait:#666;--mark:#fff}}
    @media (forced-colors:active){:root{\
    --page:Canvas;--band:Canvas;--frame:Canvas;--edge:GrayText;--box:Canvas;--rim:CanvasText;--ink:CanvasText;\
    --faint:CanvasText;--line:CanvasText;--chain:Highlight;--fault:Mark;--circle:Mark;--doubt:CanvasText;--wait:GrayText;\
    --mark:Canvas}}
    .graph text{font:12px ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Helvetica,Arial,sans-serif;\
    fill:var(--ink)}
    .graph .wave{font-weight:600;fill:var(--faint);letter-spacing:.02em}
    .graph .title,.graph .name,.graph .detail{font-family:ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,\
    "DejaVu Sans Mono","Liberation Mono",monospace}
    .graph .title{fill:var(--faint)}
    .graph .name{font-size:13px;font-weight:600}
    .graph .detail{font-size:11px;fill:var(--faint)}
    .graph .heading{font-size:19px;font-weight:650}
    .graph .sentence{font-size:13px;fill:var(--faint)}
    .graph .sentence.fault{fill:var(--fault);font-weight:600}
    .page{fill:var(--page)}
    .band{fill:var(--band)}
    .frame{fill:var(--frame);fill-opacity:.5;stroke:var(--edge)}
    .box{fill:var(--box);stroke:var(--rim)}
    .link .box{stroke:var(--chain);stroke-width:2.5}
    .arrow path,.key path{fill:none;stroke:var(--line);stroke-width:1.6}
    .arrow .hit{stroke:transparent;stroke-width:14}
    .head{fill:var(--line);stroke:var(--line);stroke-linejoin:round}
    .implicit .head,.head.implicit{fill:var(--page)}
    .implicit .line{stroke-dasharray:9 3}
    .unneeded .line{stroke:var(--wait);stroke-width:1.1}
    .head.unneeded{fill:var(--wait);stroke:var(--wait)}
    .unknown .line{stroke:var(--doubt);stroke-dasharray:2 4;stroke-linecap:round}
    .head.unknown{fill:var(--doubt);stroke:var(--doubt)}
    .missing .line,.reversed .line{stroke:var(--fault);stroke-width:2.2;stroke-dasharray:6 4}
    .head.missing,.head.reversed{fill:var(--fault);stroke:var(--fault)}
    .circle .line{stroke:var(--circle);stroke-width:2.2;stroke-dasharray:10 3 2 3}
    .head.circle{fill:var(--circle);stroke:var(--circle)}
    .wait .line{stroke:var(--wait);stroke-width:1.1;stroke-dasharray:1 4;stroke-linecap:round}
    .head.wait{fill:none;stroke:var(--wait)}
    .mark circle{fill:var(--fault);stroke:var(--page);stroke-width:1.5}
    .mark.circle circle{fill:var(--circle)}
    .mark.unknown circle{fill:var(--doubt)}
    .mark path{fill:none;stroke:var(--mark);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
    .service{cursor:pointer}
    .service:focus{outline:none}
    .service:hover .box{stroke:var(--ink);stroke-width:2}
    .service:focus-visible .box{stroke:var(--ink);stroke-width:3.5}
    @media (prefers-reduced-motion:no-preference){.arrow{transition:opacity .15s}}

    """

  /// Puts all arrows that a service has nothing to do with into the background while somebody points at it. Arrows stand
  /// behind the services of their chart, so that browsers need not look through the whole picture.
  static func highlights(_ numbers: [Int]) -> Markup {
    guard !numbers.isEmpty else { return "" }
    let all: Markup = ".service:is(:hover,:focus-visible)~.arrow{opacity:.12}\n"
    return numbers.reduce(into: all) { sheet, number in
      sheet += "#box-\(number):is(:hover,:focus-visible)~.b\(number){opacity:1}\n"
    }
  }
}
