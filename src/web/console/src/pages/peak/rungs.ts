import { t } from "../../i18n";

/** The ladder from the bottom up, as the server names its rungs. */
export const rungs = ["full", "popups_paused", "qna_only", "queue", "call_back"] as const;

export const rungChoices = () => rungs.map((value) => ({ value: value as string, label: t(`rung.${value}`) }));
