import type { Store } from "./types";

type Locale = Store["locale"];

/** What the strip says: English, Korean, Chinese. {names} are filled when shown. */
const table = {
  "about": ["What SmartService sees", "SmartService가 보는 것", "SmartService 看到的"],
  "demo": ["demo", "데모", "演示"],
  "lead": [
    "Choose who walks in. The strip shows what the system knows of them, what it expects them to ask, and why.",
    "들어올 고객을 고르세요. 시스템이 이 고객에 대해 아는 것, 예상하는 질문, 그 이유가 여기에 나타납니다.",
    "选择进店的顾客。这里会显示系统对顾客的了解、预计会问的问题以及原因。",
  ],
  "who": ["Shopper", "고객", "顾客"],
  "guest": ["A new guest", "새 방문자", "新访客"],
  "guest.known": ["nothing known yet", "아직 알려진 것이 없음", "暂无任何信息"],
  "try": ["Try:", "해 보기:", "试试："],
  "expects": ["Expects", "예상", "预计"],
  "expects.none": ["Nothing yet: waiting for a page visit.", "아직 없음: 페이지 방문을 기다리는 중입니다.", "暂无：正在等待页面访问。"],
  "because": ["Because {causes}.", "이유: {causes}.", "原因：{causes}。"],
  "decides": ["Decides", "결정", "决定"],
  "withheld": ["withheld (holdout)", "보류(대조군)", "未显示（对照组）"],
  "knows": ["Knows", "아는 것", "已知"],
  "someone": ["A guest", "방문자", "访客"],
  "holdout": ["holdout group", "대조군", "对照组"],
  "late": ["late", "지연", "已延误"],
  "refund": ["refund", "환불", "退款"],
  "seconds": ["{n} s", "{n}초", "{n} 秒"],
  "traffic": ["Traffic", "방문 트래픽", "客流"],
  "traffic.switch": ["Let simulated shoppers in", "가상 고객 들이기", "让模拟顾客进店"],
  "traffic.count": [
    "{shoppers} shoppers, {visits} visits, {questions} questions, {popups} popups so far.",
    "지금까지 고객 {shoppers}명, 방문 {visits}회, 질문 {questions}건, 팝업 {popups}건.",
    "目前共 {shoppers} 位顾客、{visits} 次访问、{questions} 个问题、{popups} 个弹窗。",
  ],
  "console": ["Open the merchant's console", "판매자 콘솔 열기", "打开商家控制台"],

  "verdict.shown": ["A popup is on the page.", "팝업이 페이지에 떠 있습니다.", "页面上正显示弹窗。"],
  "verdict.nothing_likely": ["Nothing is likely enough to interrupt for.", "끼어들 만큼 가능성이 높은 질문이 없습니다.", "没有可能性高到值得打扰的问题。"],
  "verdict.waiting": ["Watching.", "지켜보는 중입니다.", "正在观察。"],
  "verdict.popups_off": ["Popups are off for this store.", "이 스토어는 팝업이 꺼져 있습니다.", "本店已关闭弹窗。"],
  "verdict.typing": ["The shopper is typing: no interruption.", "고객이 입력 중이라 방해하지 않습니다.", "顾客正在输入：不打扰。"],
  "verdict.on_payment_form": ["The shopper is on the payment form: no interruption there.", "고객이 결제 중이라 방해하지 않습니다.", "顾客正在付款：不打扰。"],
  "verdict.topic_closed": ["The shopper closed this topic: it stays closed.", "고객이 닫은 주제는 다시 띄우지 않습니다.", "顾客已关闭此话题：不再显示。"],
  "verdict.already_shown": ["This help was shown before: it is not repeated.", "이미 보여 준 도움말이라 반복하지 않습니다.", "此帮助已显示过：不再重复。"],
  "verdict.already_talking": ["A chat about this is open already.", "이 주제의 채팅이 이미 열려 있습니다.", "关于此事的对话已打开。"],
  "verdict.session_budget_spent": ["Enough popups for this visit to the store.", "이번 방문에는 팝업을 충분히 보여 줬습니다.", "本次访问的弹窗已足够。"],
  "verdict.day_budget_spent": ["Enough popups for today.", "오늘은 팝업을 충분히 보여 줬습니다.", "今天的弹窗已足够。"],
  "verdict.pausing": ["Too soon after the last popup.", "직전 팝업 뒤 시간이 얼마 지나지 않았습니다.", "距上一个弹窗时间太短。"],
  "verdict.not_now": ["Not now.", "지금은 아닙니다.", "暂时不显示。"],

  "cause.parcel_late": ["the parcel is past its promised date", "배송 약속일이 지남", "包裹已超过承诺日期"],
  "cause.parcel_lost": ["nobody scanned the parcel for days", "며칠째 택배 이동 기록이 없음", "包裹已多日没有物流记录"],
  "cause.payment_failed": ["a payment was declined", "결제가 거절됨", "付款被拒绝"],
  "cause.payment_failed_twice": ["the payment was declined twice", "결제가 두 번 거절됨", "付款两次被拒绝"],
  "cause.size_back_and_forth": ["going back and forth between products", "상품 사이를 오가며 비교 중", "在商品之间来回比较"],
  "cause.coupon_rejected": ["a coupon was not accepted", "쿠폰이 적용되지 않음", "优惠券未能使用"],
  "cause.refund_waiting": ["a refund is being waited for", "환불을 기다리는 중", "正在等待退款"],
  "cause.price_dropped": ["the price fell after the purchase", "구매 후 가격이 내려감", "购买后降价了"],
  "cause.policy_read": ["a policy page was read", "정책 페이지를 읽음", "阅读了政策页面"],
  "cause.delivered_recently": ["a parcel was delivered recently", "최근 배송이 완료됨", "包裹近日已签收"],
  "cause.out_of_stock": ["something wanted is out of stock", "원하는 상품이 품절됨", "想要的商品缺货"],
  "cause.cart_waiting": ["the cart is filled and waiting", "장바구니에 담아 두고 기다리는 중", "购物车里有待结算的商品"],
  "cause.order_on_its_way": ["an order is on its way", "주문 상품이 배송 중", "订单正在配送"],

  "tier.standard": ["standard", "일반", "普通"],
  "tier.silver": ["silver", "실버", "银卡"],
  "tier.gold": ["gold", "골드", "金卡"],
  "tier.vip": ["VIP", "VIP", "VIP"],
  "outcome.offered": ["offered", "제공됨", "已提供"],
  "outcome.seen": ["seen", "확인함", "已看到"],
  "outcome.opened": ["opened", "열어 봄", "已打开"],
  "outcome.dismissed": ["dismissed", "닫음", "已关闭"],
  "outcome.ignored": ["ignored", "무시함", "未理会"],
  "outcome.helpful": ["helpful", "도움 됨", "有用"],
  "outcome.not_helpful": ["not helpful", "도움 안 됨", "没用"],
  "payment.pending": ["payment pending", "결제 대기", "待付款"],
  "payment.paid": ["paid", "결제 완료", "已付款"],
  "payment.failed": ["payment failed", "결제 실패", "付款失败"],
  "payment.refund_pending": ["refund pending", "환불 대기", "待退款"],
  "payment.refunded": ["refunded", "환불 완료", "已退款"],
  "parcel.none": ["not yet scanned", "이동 기록 없음", "暂无物流"],
  "parcel.accepted": ["accepted", "접수됨", "已揽收"],
  "parcel.in_transit": ["in transit", "이동 중", "运输中"],
  "parcel.customs": ["in customs", "통관 중", "清关中"],
  "parcel.out_for_delivery": ["out for delivery", "배달 중", "派送中"],
  "parcel.delivered": ["delivered", "배송 완료", "已签收"],
  "parcel.exception": ["held up", "배송 이상", "物流异常"],
  "page.home": ["home", "홈", "首页"],
  "page.category": ["category", "카테고리", "分类"],
  "page.product": ["product", "상품", "商品"],
  "page.search": ["search", "검색", "搜索"],
  "page.cart": ["cart", "장바구니", "购物车"],
  "page.checkout": ["checkout", "주문서", "结算"],
  "page.payment": ["payment", "결제", "付款"],
  "page.orders": ["my orders", "내 주문", "我的订单"],
  "page.order": ["order", "주문", "订单"],
  "page.tracking": ["tracking", "배송 조회", "物流查询"],
  "page.policy": ["policy", "정책", "政策"],
  "page.help": ["help", "도움말", "帮助"],
  "page.account": ["account", "내 정보", "账户"],
  "page.promotion": ["promotion", "프로모션", "活动"],
  "page.other": ["other page", "기타 페이지", "其他页面"],
  "error.payment_declined": ["payment declined", "결제 거절", "付款被拒"],
  "error.coupon_rejected": ["coupon rejected", "쿠폰 적용 불가", "优惠券无效"],
  "error.out_of_stock": ["out of stock", "품절", "缺货"],
  "error.address_rejected": ["address rejected", "주소 오류", "地址无效"],
  "error.other": ["error", "오류", "出错"],
} as const satisfies Record<string, readonly [string, string, string]>;

export type Word = keyof typeof table;

const column = { en: 0, ko: 1, zh: 2 } as const;

export type Say = (word: Word | `${string}.${string}`, values?: Record<string, string | number>) => string;

/** The strip's words in the store's language. A code the table lacks is shown as it is. */
export function wordsOf(locale: Locale): Say {
  return (word, values = {}) => {
    const text: string = (table as Record<string, readonly string[]>)[word]?.[column[locale]] ?? word.slice(word.indexOf(".") + 1).replaceAll("_", " ");
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
  };
}

export const words: Record<string, readonly [string, string, string]> = table;
