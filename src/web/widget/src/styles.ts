/** All styles live in the shadow root: the shop's cannot reach in, ours cannot leak out. */
export const css = `
:host{all:initial;--a:#1d4ed8;--on:#fff;--bg:#fff;--fg:#16181d;--dim:#565b66;--line:#d9dce3;--soft:#f1f3f7;--mine:#1d4ed8;--bad:#b42318;
font:15px/1.45 system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans KR","Noto Sans SC","Apple SD Gothic Neo","PingFang SC",sans-serif;color:var(--fg)}
:host([data-dark]){--a:#8ab4ff;--on:#0c1020;--bg:#16181d;--fg:#f0f2f6;--dim:#a9b0bd;--line:#353a45;--soft:#22262e;--mine:#274690;--bad:#ff9d94}
*{box-sizing:border-box}[hidden]{display:none!important}
button{font:inherit;color:inherit;background:none;border:0;cursor:pointer;min-height:28px;border-radius:10px}
button:focus-visible,textarea:focus-visible,a:focus-visible,.log:focus-visible{outline:3px solid var(--a);outline-offset:2px}
.w{position:fixed;right:20px;bottom:calc(20px + var(--lift,0px));z-index:2147483000;display:flex;flex-direction:column;align-items:flex-end;gap:12px;max-width:calc(100vw - 24px)}
.launch{width:56px;height:56px;border-radius:50%;background:var(--a);color:var(--on);box-shadow:0 6px 20px #0004;position:relative;display:grid;place-items:center}
.launch svg{width:26px;height:26px}
.badge{position:absolute;top:-4px;right:-4px;min-width:22px;height:22px;border-radius:11px;background:var(--bad);color:#fff;font-size:12px;line-height:22px;padding:0 6px}
:host([data-dark]) .badge{color:#16181d}
.card,.panel{background:var(--bg);border:1px solid var(--line);border-radius:16px;box-shadow:0 12px 40px #0003}
.card{width:360px;max-width:100%;padding:14px 16px;animation:in .18s ease-out}
.card header{display:flex;gap:8px;align-items:flex-start}.card h2{font-size:16px;margin:0;flex:1;line-height:1.35}
.why{color:var(--dim);font-size:13px;margin:4px 0 8px}.answer{margin:0 0 10px;white-space:pre-wrap;overflow-wrap:anywhere}
.x{width:32px;height:32px;flex:none;margin:-4px -6px 0 0;font-size:20px;line-height:1;color:var(--dim)}
.row{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
.chip{border:1px solid var(--line);padding:6px 12px;text-align:left;background:var(--bg);text-decoration:none;color:inherit;font-size:14px;border-radius:10px;min-height:34px}
.chip.main{background:var(--a);border-color:var(--a);color:var(--on)}.chip:hover{border-color:var(--a)}
.src{color:var(--dim);font-size:12px;margin:8px 0 0}
.panel{width:380px;max-width:100%;height:min(600px,calc(100dvh - 110px));display:flex;flex-direction:column;overflow:hidden}
.panel>header{display:flex;align-items:center;gap:8px;padding:12px 14px;border-bottom:1px solid var(--line)}.panel h2{font-size:16px;margin:0;flex:1}
.log{flex:1;overflow-y:auto;padding:14px;display:flex;flex-direction:column;gap:10px}
.m{max-width:86%;align-self:flex-start}.m.me{align-self:flex-end}
.b{background:var(--soft);border-radius:14px;padding:8px 12px;white-space:pre-wrap;overflow-wrap:anywhere}.me .b{background:var(--mine);color:#fff}
.m.sys{align-self:center;text-align:center;color:var(--dim);font-size:13px}.m.sys .b{background:none;padding:0}
.meta{font-size:12px;color:var(--dim);margin:3px 4px 0}.me .meta{text-align:right}.meta.bad,.meta.bad button{color:var(--bad)}
.m .row{margin-top:6px}.dots{display:inline-flex;gap:4px;padding:4px 0}.dots i{width:7px;height:7px;border-radius:50%;background:var(--dim);animation:dot 1.2s infinite}
.dots i:nth-child(2){animation-delay:.15s}.dots i:nth-child(3){animation-delay:.3s}
.sug{padding:0 14px 12px;display:flex;flex-direction:column;gap:8px}.sug h3{font-size:13px;color:var(--dim);margin:0;font-weight:600}
.bar{padding:8px 14px;font-size:13px;background:var(--soft);color:var(--dim)}
form{display:flex;gap:8px;padding:10px 12px;border-top:1px solid var(--line);align-items:flex-end}
textarea,input{flex:1;min-width:0;font:inherit;color:inherit;background:var(--bg);border:1px solid var(--dim);border-radius:12px;padding:8px 10px;resize:none;max-height:120px;min-height:40px}
.send{background:var(--a);color:var(--on);padding:0 14px;height:40px}.send:disabled{opacity:.5;cursor:default}
.foot{display:flex;justify-content:space-between;align-items:center;padding:0 12px 8px}.link{color:var(--dim);font-size:13px;text-decoration:underline;padding:4px}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@keyframes in{from{transform:translateY(8px);opacity:0}}@keyframes dot{0%,60%,100%{opacity:.25}30%{opacity:1}}
@media(max-width:480px){.w{right:12px;left:12px}.card,.panel{width:100%}.panel{height:min(640px,calc(100dvh - 96px))}}
@media(prefers-reduced-motion:reduce){*{animation:none!important}}
`;
