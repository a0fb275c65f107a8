import { SegmentedControl } from "@mantine/core";
import { chooseLocale, locale, t, type Locale } from "../i18n";

export const languageNames: Record<Locale, string> = { en: "English", ko: "한국어", zh: "中文" };

/** Each language under its own name: who reads none of the others must find it. */
export function LanguageChoice({ fullWidth, onChosen = chooseLocale }: { fullWidth?: boolean; onChosen?: (locale: Locale) => void }) {
  return (
    <SegmentedControl size="xs" fullWidth={fullWidth ?? false} aria-label={t("ui.language")} value={locale()} onChange={(value) => onChosen(value as Locale)}
      data={(Object.keys(languageNames) as Locale[]).map((value) => ({ value, label: languageNames[value] }))} />
  );
}
