import { Badge, createTheme, localStorageColorSchemeManager, MantineProvider, Tooltip } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { setNonce } from "get-nonce";
import { createRoot } from "react-dom/client";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./app.css";
import { App } from "./App";
import { loadTexts, useLocale } from "./i18n";
import { makeQueryClient } from "./queries";
import { guardSinks, pageNonce } from "./trust";

guardSinks();
const nonce = pageNonce();
setNonce(nonce);

const theme = createTheme({
  primaryColor: "indigo",
  // One shade darker than usual: white on it, and it on white, reach 4.5 to 1.
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: "md",
  cursorType: "pointer",
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif',
  components: {
    // A badge says a word; half a word says nothing.
    Badge: Badge.extend({ styles: { root: { textTransform: "none", flexShrink: 0, overflow: "visible", maxWidth: "none" }, label: { overflow: "visible" } } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 250 } }),
  },
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
});

// Where public/scheme.js looks before the first paint.
const scheme = localStorageColorSchemeManager({ key: "smartservice-console-scheme" });
const queries = makeQueryClient();

function Root() {
  // Another language redraws everything; texts are read when drawn.
  const language = useLocale();
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={scheme} {...(nonce === "" ? {} : { getStyleNonce: () => nonce })}>
      <QueryClientProvider client={queries}>
        <Notifications position="bottom-right" limit={4} />
        <App key={language} />
      </QueryClientProvider>
    </MantineProvider>
  );
}

// A page left open over an update asks for files that are gone: the new page has them. Once, or it would go on for ever.
addEventListener("vite:preloadError", () => {
  if (sessionStorage.getItem("smartservice-console-reloaded") !== "yes") {
    sessionStorage.setItem("smartservice-console-reloaded", "yes");
    location.reload();
  }
});

void loadTexts().then(() => createRoot(document.getElementById("root")!).render(<Root />));
