/** The public page's whole style: light and dark by the reader's system, narrow screens, and paper, where every clause is open. */
export const FRAMEWORK_STYLE = `
@font-face{font-family:"Noto Nastaliq Urdu";src:url("/framework/nastaliq.woff2") format("woff2");font-display:swap;unicode-range:U+0600-06FF,U+200C-200F,U+FDF2,U+FDFA}
:root{color-scheme:light dark;--paper:light-dark(#FAF9F5,#121815);--ink:light-dark(#15201B,#E9ECE7);--ink-2:light-dark(#434F49,#B9C1BB);--line:light-dark(#CDC9BD,#3A443F);--accent:light-dark(#0E5A42,#7CC9A8);--soft:light-dark(#FAEFD6,#3A2E14)}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1120px;padding:16px;background:var(--paper);color:var(--ink);font:15px/1.5 Inter,system-ui,sans-serif;overflow-wrap:anywhere}
:lang(ur){font-family:"Noto Nastaliq Urdu",Inter,system-ui,sans-serif;line-height:2.1}
:lang(en){font-family:Inter,system-ui,sans-serif;line-height:1.5}
a{color:var(--accent)}a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.top{display:flex;justify-content:space-between;gap:16px}h1{margin:8px 0;font-size:28px;line-height:1.4}h2{margin:40px 0 8px;font-size:20px}h3{margin:0;font-size:16px}small{color:var(--ink-2);font-weight:400}
.soft,small{color:var(--ink-2)}.code{font:13px/1.5 ui-monospace,monospace}
.mark,.flag{margin:8px 0;padding:8px 12px;border-inline-start:4px solid light-dark(#B5750F,#E0B25C);background:var(--soft)}
.flag p{margin:4px 0}
nav ul{display:flex;flex-wrap:wrap;gap:4px 16px;padding:8px 0;margin:0;list-style:none;border-block:1px solid var(--line)}nav a{display:inline-block;min-height:24px}
table{width:100%;border-collapse:collapse;font-size:14px}th,td{padding:6px 8px;border-block-end:1px solid var(--line);text-align:start;vertical-align:top}thead th{color:var(--ink-2);font-weight:500}tbody th{font-weight:600;width:24%}td:last-child{width:30%}
.source{display:inline-block;padding:0 5px;border:1px solid;border-radius:3px;font-size:12px;white-space:nowrap}.draft{border-style:dashed;color:var(--ink-2)}.assumption{border-style:dotted;color:var(--ink-2)}.unset{border-color:transparent;background:repeating-linear-gradient(135deg,var(--line) 0 1px,transparent 1px 5px)}
summary{min-height:24px;color:var(--accent);cursor:pointer}dl{display:grid;gap:0 8px;margin:4px 0 8px}dt{color:var(--ink-2);font-size:12px}dd{margin:0 0 4px}
bdi[lang=en]{display:block;text-align:left}
@media(max-width:700px){table,tbody,tr,th,td{display:block;width:auto!important}thead{display:none}tr{padding:8px 0;border-block-end:1px solid var(--line)}th,td{padding:2px 0;border:0}}
@media print{:root{color-scheme:light}body{max-width:none;padding:0;font-size:10pt}nav,.top a{display:none}details::details-content{content-visibility:visible;block-size:auto}summary{color:inherit;list-style:none}tr,.flag{break-inside:avoid}h2{break-after:avoid}}
`;
