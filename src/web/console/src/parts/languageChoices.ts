import { t } from "../i18n";

export const languageChoices = () => [
  { value: "en", label: t("language.en") },
  { value: "ko", label: t("language.ko") },
  { value: "zh", label: t("language.zh") },
];
