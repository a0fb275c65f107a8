import type { Locale } from "./types";

const en = {
  help: "Help",
  title: "How can we help?",
  open: "Open chat",
  close: "Close",
  minimise: "Close chat",
  suggestions: "You may want to ask",
  placeholder: "Write a message…",
  send: "Send",
  sending: "Sending",
  sent: "Sent",
  delivered: "Delivered",
  read: "Read",
  failed: "Not sent. Tap to try again.",
  offline: "You are offline. Messages are sent when you are back.",
  person: "Talk to a person",
  withPerson: "A person is answering here.",
  typing: "is typing",
  you: "You",
  bot: "Assistant",
  helpful: "Did this help?",
  yes: "Yes",
  no: "No",
  thanks: "Thank you",
  rate: "How was this chat?",
  stars: (n: number) => `${n} of 5`,
  more: "Continue in chat",
  dismiss: "Close this help",
  because: "From",
  unread: (n: number) => `${n} unread`,
  busy: "It is very busy. You get short answers for now.",
  place: (n: number, minutes: number) => `It is very busy. You are number ${n} in line, ${minutes > 1 ? `about ${minutes} minutes` : "about a minute"} to go.`,
  full: "Too many people are asking right now. Leave your question and we answer later.",
  leave: "Answer me later",
  contact: "Phone or email, if you like",
};

const ko: typeof en = {
  help: "도움말",
  title: "무엇을 도와드릴까요?",
  open: "채팅 열기",
  close: "닫기",
  minimise: "채팅 닫기",
  suggestions: "이런 점이 궁금하신가요?",
  placeholder: "메시지를 입력하세요…",
  send: "보내기",
  sending: "보내는 중",
  sent: "보냄",
  delivered: "전달됨",
  read: "읽음",
  failed: "보내지 못했습니다. 눌러서 다시 보내기",
  offline: "오프라인입니다. 연결되면 메시지를 보냅니다.",
  person: "상담원 연결",
  withPerson: "상담원이 답변하고 있습니다.",
  typing: "입력 중",
  you: "나",
  bot: "도우미",
  helpful: "도움이 되었나요?",
  yes: "예",
  no: "아니요",
  thanks: "감사합니다",
  rate: "상담은 어떠셨나요?",
  stars: (n) => `5점 중 ${n}점`,
  more: "채팅으로 이어가기",
  dismiss: "이 안내 닫기",
  because: "출처",
  unread: (n) => `읽지 않은 메시지 ${n}개`,
  busy: "문의가 매우 많아 지금은 짧게 답변드립니다.",
  place: (n, minutes) => `문의가 매우 많습니다. 대기 순서 ${n}번, 약 ${Math.max(1, minutes)}분 남았습니다.`,
  full: "지금 문의가 너무 많습니다. 질문을 남겨 주시면 나중에 답변드립니다.",
  leave: "나중에 답변받기",
  contact: "전화번호나 이메일 (선택)",
};

const zh: typeof en = {
  help: "帮助",
  title: "有什么可以帮您？",
  open: "打开聊天",
  close: "关闭",
  minimise: "关闭聊天",
  suggestions: "您可能想问",
  placeholder: "请输入消息…",
  send: "发送",
  sending: "发送中",
  sent: "已发送",
  delivered: "已送达",
  read: "已读",
  failed: "未发送，点此重试",
  offline: "您已离线，恢复连接后会自动发送。",
  person: "转人工客服",
  withPerson: "人工客服正在为您服务。",
  typing: "正在输入",
  you: "我",
  bot: "智能助手",
  helpful: "有帮助吗？",
  yes: "有",
  no: "没有",
  thanks: "谢谢",
  rate: "这次服务怎么样？",
  stars: (n) => `${n} 星（共 5 星）`,
  more: "在聊天中继续",
  dismiss: "关闭此帮助",
  because: "来源",
  unread: (n) => `${n} 条未读`,
  busy: "当前咨询量很大，暂时为您提供简短答复。",
  place: (n, minutes) => `当前咨询量很大。您排在第 ${n} 位，大约还需 ${Math.max(1, minutes)} 分钟。`,
  full: "当前咨询人数过多。请留下您的问题，我们稍后答复。",
  leave: "稍后答复我",
  contact: "电话或邮箱（选填）",
};

export type Texts = typeof en;

export const texts: Record<Locale, Texts> = { en, ko, zh };

/** The setting, else the page's language, else the browser's; English where none is spoken here. */
export function chooseLocale(setting: string | undefined, page: string | undefined, browser: readonly string[]): Locale {
  for (const wish of [setting, page, ...browser]) {
    const language = wish?.toLowerCase().split("-")[0];
    if (language === "ko" || language === "zh" || language === "en") {
      return language;
    }
  }
  return "en";
}
