// The shop's page loads this with one tag:
//   <script async src="https://help.example/widget.js" data-key="pk_…"></script>
// and may call SmartService("open" | "close" | "identify" | "track" | "locale" | "customer" | "shutdown", …) at any time, also before it has loaded:
//   window.SmartService = window.SmartService || function () { (SmartService.q = SmartService.q || []).push(arguments) }
import type { PageInfo, Settings } from "./types";
import { Widget } from "./widget";

type Call = [method: string, argument?: unknown];

declare global {
  interface Window {
    SmartService?: ((...call: Call) => unknown) & { q?: ArrayLike<unknown>[] };
  }
}

const script = document.currentScript as HTMLScriptElement | null;
let widget: Widget | undefined;

function boot(settings: Settings): void {
  if (widget) {
    return; // The tag is in the page twice.
  }
  widget = new Widget(settings);
  widget.start();
}

function call(method: string, argument?: unknown): unknown {
  switch (method) {
    case "boot":
      return boot({ ...(argument as Settings), server: (argument as Partial<Settings>).server ?? (script ? new URL(script.src).origin : location.origin) });
    case "open":
      return widget?.open();
    case "close":
      return widget?.close();
    case "identify":
      return widget?.identify(argument as string | undefined);
    case "track":
      return widget?.track(argument as PageInfo);
    case "customer":
      return widget?.customer;
    case "locale":
      return widget?.setLocale(String(argument));
    case "shutdown":
      widget?.stop();
      widget = undefined;
      return undefined;
    default:
      console.warn(`SmartService: no method "${method}". There are boot, open, close, identify, track, locale, customer, shutdown.`);
      return undefined;
  }
}

function begin(): void {
  const waiting = window.SmartService?.q ?? [];
  window.SmartService = (...args: Call) => call(...args);
  const { key, locale, theme, bottom, server, jwt } = script?.dataset ?? {};
  if (key) {
    const settings: Settings = { key, server: server ?? new URL(script!.src).origin };
    if (locale === "ko" || locale === "zh" || locale === "en") settings.locale = locale;
    if (theme === "light" || theme === "dark") settings.theme = theme;
    if (bottom) settings.bottom = Number(bottom) || 0;
    if (jwt) settings.jwt = jwt;
    boot(settings);
  }
  for (const args of Array.from(waiting)) {
    call(...(Array.from(args) as Call));
  }
}

if (document.body) {
  begin();
} else {
  addEventListener("DOMContentLoaded", begin);
}
