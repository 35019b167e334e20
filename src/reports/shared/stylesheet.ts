/** Readable on screen, in the dark and on paper; no font or image is fetched. */
export const STYLESHEET = `
:root{color-scheme:light dark;--ink:#1b1b1f;--paper:#fff;--line:#d8d8de;--soft:#f4f4f7;--red:#a3171c;--amber:#8a5a00;--green:#1b6b3a}
@media (prefers-color-scheme:dark){:root{--ink:#e8e8ec;--paper:#17171b;--line:#3a3a42;--soft:#222228;--red:#ff8b87;--amber:#e9b04f;--green:#7fd6a0}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:0 auto;max-width:72rem;padding:1rem 1.5rem 4rem}
h1{font-size:1.6rem;margin:.5rem 0}h2{font-size:1.2rem;margin:2.2rem 0 .6rem}h3{font-size:1rem;margin:.2rem 0}h4{font-size:.85rem;margin:.8rem 0 .2rem}
code{font:.86em/1.4 ui-monospace,monospace;overflow-wrap:anywhere}
nav a{margin-right:1.2rem;color:inherit}.caution{border-left:4px solid var(--amber);padding:.3rem .8rem;background:var(--soft)}.alarm{border-left:4px solid var(--red);padding:.3rem .8rem}
.document{border:1px solid var(--line);border-radius:6px;margin:.5rem 0;padding:.45rem .8rem}.document summary{cursor:pointer}
.finding{border-top:1px solid var(--line);padding:.6rem 0 .3rem}.finding.supports h3{color:var(--green)}
.facts{font-size:.85rem;opacity:.85;margin:.2rem 0}.locator{opacity:.7}
.badge{border:1px solid currentColor;border-radius:1rem;font-size:.75rem;padding:.05rem .5rem;white-space:nowrap}
.altered,.fabricated,.misdated{color:var(--red)}.handled,.context{color:var(--amber)}.badge.supports{color:var(--green)}
table{border-collapse:collapse;width:100%;font-size:.85rem;margin:.4rem 0}th,td{border-bottom:1px solid var(--line);padding:.25rem .5rem .25rem 0;text-align:left;vertical-align:top}
ul{margin:.2rem 0 .4rem 1.1rem;padding:0}
@media print{nav{display:none}.document{break-inside:avoid-page}}
`;
