/// How the page around a picture looks.
enum PageStyle {
  static let sheet: Markup = """
    *{box-sizing:border-box}
    html{background:var(--page);color:var(--ink);font:15px/1.5 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,\
    "Noto Sans",Helvetica,Arial,sans-serif}
    body{margin:0 auto;padding:28px clamp(14px,3vw,40px) 60px;max-width:1680px;overflow-wrap:anywhere}
    h1{font-size:25px;line-height:1.25;margin:0 0 6px;letter-spacing:-.01em}
    h2{font-size:17px;margin:36px 0 10px}
    header p{margin:2px 0;color:var(--faint)}
    header .fault{color:var(--fault);font-weight:600}
    a{color:var(--chain)}
    a:focus-visible,input:focus-visible,.scroll:focus-visible{outline:2px solid var(--chain);outline-offset:2px}
    code,.name{font-family:ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",\
    monospace;font-size:.9em}
    .skip{position:absolute;left:-999px}
    .skip:focus{position:static}
    figure{margin:18px 0 0}
    .scroll{overflow-x:auto;border:1px solid var(--edge);border-radius:12px;padding:14px;text-align:center}
    .scroll svg{display:inline-block;vertical-align:top}
    figcaption{color:var(--faint);font-size:13px;margin-top:10px}
    .controls{display:flex;flex-wrap:wrap;gap:4px 22px;margin:0 0 8px;font-size:13px;color:var(--faint)}
    .controls label{display:inline-flex;gap:7px;align-items:center;min-height:24px;cursor:pointer}
    .controls input{accent-color:var(--chain);width:16px;height:16px;margin:0}
    :root:has(#fit:checked) .scroll svg{max-width:none;min-width:0}
    :root:has(#faults:checked) :is(.arrow,tbody tr):not(.missing,.reversed,.circle){display:none}
    .legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 22px;margin:8px 0 0;padding:0}
    .legend li{display:inline-flex;align-items:center;gap:9px;color:var(--ink)}
    .legend svg{flex:none}
    table{border-collapse:collapse;width:100%;font-size:14px}
    caption{text-align:left;color:var(--faint);font-size:13px;padding:0 0 8px}
    td:nth-child(-n+2){min-width:9em}
    td:nth-child(3){min-width:7em}
    td:nth-child(4){white-space:nowrap}
    td:nth-child(5){min-width:8em}
    th,td{text-align:left;vertical-align:top;padding:7px 14px 7px 0;border-bottom:1px solid var(--edge)}
    th{font-size:12px;color:var(--faint);font-weight:600}
    tr:is(.missing,.reversed) .order{color:var(--fault);font-weight:600}
    tr.circle .order{color:var(--circle);font-weight:600}
    tr.unknown .order{color:var(--doubt)}
    ul.plain{list-style:none;margin:0;padding:0}
    .place{color:var(--faint)}
    .card{display:none}
    .card:target{display:block;position:fixed;z-index:1;right:max(14px,env(safe-area-inset-right));bottom:14px;\
    width:min(440px,calc(100vw - 28px));max-height:min(70vh,640px);overflow:auto;background:var(--box);\
    border:1px solid var(--rim);border-radius:12px;padding:14px 18px 16px;font-size:14px;box-shadow:0 10px 36px rgb(0 0 0/.28)}
    .card h3{font-size:15px;margin:0 34px 2px 0}
    .card h4{font-size:12px;color:var(--faint);margin:12px 0 2px;font-weight:600}
    .card p{margin:0}
    .card ul ul{margin:1px 0 8px;font-size:13px}
    .card .close{position:absolute;top:9px;right:11px;width:30px;height:30px;display:grid;place-items:center;\
    border-radius:8px;text-decoration:none;color:var(--ink);font-size:20px;line-height:1}
    .fault{color:var(--fault)}
    @media (max-width:640px){
    body{padding-top:18px}
    h1{font-size:21px}
    table,caption,tbody,tr,td{display:block}
    thead{display:none}
    tr{border-bottom:1px solid var(--edge);padding:8px 0}
    td{border:0;white-space:normal;padding:1px 0 1px 88px;position:relative;min-height:22px}
    td::before{content:attr(data-label);position:absolute;left:0;color:var(--faint);font-size:12px;\
    font-weight:400;line-height:22px}
    .place{display:block}
    .card:target{max-height:60vh}}
    @media print{
    @page{size:landscape;margin:12mm}
    body{padding:0;max-width:none}
    .skip,.controls,.card:target{display:none}
    .scroll{overflow:visible;border:0;padding:0}
    .scroll svg{min-width:0;max-height:135mm}
    tr,li{break-inside:avoid}
    *{-webkit-print-color-adjust:exact;print-color-adjust:exact}}

    """
}
