import { locale, type Texts } from "./i18n";

/** The shipped intents as a shopper would ask them. A store's own intents are shown by their id. */
const questions: Record<string, Texts> = {
  "order.status": ["Where is my order?", "제 주문은 지금 어디쯤 왔나요?", "我的包裹到哪里了？"],
  "order.delay": ["Why is my parcel late?", "배송이 왜 늦어지나요?", "我的包裹为什么还没到？"],
  "order.not_received": ["It says delivered, but I don't have it.", "배송 완료인데 물건을 못 받았어요.", "显示已签收，但我没收到货"],
  "order.change": ["Can I change an order I placed?", "주문한 상품의 옵션을 바꿀 수 있나요?", "下单后可以改颜色或数量吗？"],
  "order.cancel": ["How do I cancel my order?", "주문을 취소하고 싶어요.", "我想取消订单"],
  "order.address_change": ["Can I change the delivery address?", "배송지를 변경할 수 있나요?", "可以修改收货地址吗？"],
  "order.wrong_item": ["I received the wrong item.", "다른 상품이 왔어요.", "收到的商品发错了"],
  "order.missing_item": ["Something is missing from my parcel.", "상품이 일부 빠져서 왔어요.", "包裹里少了东西"],
  "order.damaged": ["My item arrived damaged.", "상품이 파손되어 도착했어요.", "收到的商品有破损"],
  "payment.failed": ["Why did my payment fail?", "결제가 안 돼요.", "付款一直失败怎么办？"],
  "payment.method": ["Which payment methods can I use?", "어떤 결제 수단을 쓸 수 있나요?", "支持哪些付款方式？"],
  "payment.duplicate_charge": ["I was charged twice.", "결제가 두 번 됐어요.", "我被重复扣款了"],
  "payment.installment": ["Can I pay in instalments?", "무이자 할부가 되나요?", "可以分期付款吗？"],
  "invoice.request": ["How do I get an invoice?", "영수증이나 세금계산서를 받을 수 있나요?", "可以开发票吗？"],
  "refund.request": ["How do I get a refund?", "환불하고 싶어요.", "我想退款"],
  "refund.status": ["When will my refund arrive?", "환불은 언제 되나요?", "退款什么时候到账？"],
  "return.request": ["How do I return an item?", "반품은 어떻게 신청하나요?", "怎么申请退货？"],
  "return.policy": ["What is your return policy?", "반품 조건이 어떻게 되나요?", "退货政策是怎样的？"],
  "return.pickup": ["When will my return be picked up?", "반품 수거는 언제 오나요?", "退货怎么安排取件？"],
  "exchange.request": ["Can I exchange it for another size or colour?", "다른 사이즈나 색상으로 교환할 수 있나요?", "可以换尺码或颜色吗？"],
  "product.info": ["Can you tell me more about this product?", "상품에 대해 자세히 알고 싶어요.", "想了解商品的详细信息"],
  "product.size": ["Which size fits me?", "어떤 사이즈가 맞을까요?", "我应该选什么尺码？"],
  "product.stock": ["When will it be back in stock?", "언제 다시 입고되나요?", "什么时候补货？"],
  "product.authenticity": ["Is it genuine?", "정품인가요?", "是正品吗？"],
  "product.usage": ["How do I use it?", "사용 방법을 알려 주세요.", "怎么使用？"],
  "product.recommend": ["Which one would you recommend?", "어떤 상품을 추천하시나요?", "有什么推荐吗？"],
  "promo.coupon": ["Why doesn't my coupon work?", "쿠폰이 적용되지 않아요.", "优惠券为什么用不了？"],
  "promo.rules": ["What are the rules of the promotion?", "행사 조건이 궁금해요.", "活动规则是什么？"],
  "promo.points": ["How do I use my points?", "포인트는 어떻게 사용하나요?", "积分怎么使用？"],
  "promo.price_protection": ["The price dropped after I bought it. Can I get the difference?", "구매 후 가격이 내려갔는데 차액을 돌려받을 수 있나요?", "买完降价了可以保价吗？"],
  "promo.gift": ["How do I get the free gift?", "사은품은 어떻게 받나요?", "赠品怎么领取？"],
  "delivery.time": ["How long does delivery take?", "배송은 얼마나 걸리나요?", "多久能送到？"],
  "delivery.fee": ["How much is shipping?", "배송비는 얼마인가요?", "运费是多少？"],
  "delivery.overseas": ["Do you ship abroad?", "해외나 도서산간 지역도 배송되나요?", "可以寄到海外吗？"],
  "account.login": ["I can't log in.", "로그인이 안 돼요.", "登录不了怎么办？"],
  "account.profile": ["How do I change my details?", "회원 정보를 변경하고 싶어요.", "怎么修改个人信息？"],
  "account.delete": ["How do I delete my account?", "회원 탈퇴는 어떻게 하나요?", "怎么注销账号？"],
  "account.tier": ["What are the membership benefits?", "회원 등급 혜택이 궁금해요.", "会员等级有什么权益？"],
  "service.human": ["I'd like to talk to a person.", "상담원과 이야기하고 싶어요.", "我想找人工客服"],
  "service.complaint": ["I'd like to make a complaint.", "불만을 접수하고 싶어요.", "我要投诉"],
  "service.praise": ["I'd like to leave a compliment.", "칭찬을 전하고 싶어요.", "我想表扬一下"],
  "service.warranty": ["How do I get a repair under warranty?", "A/S나 수리는 어떻게 받나요?", "怎么保修或维修？"],
  "service.hours": ["When can I reach customer service?", "고객센터 운영 시간이 어떻게 되나요?", "客服几点上班？"],
  "chat.greeting": ["Hello", "안녕하세요", "你好"],
  "chat.thanks": ["Thank you", "고마워요", "谢谢"],
  "chat.goodbye": ["Goodbye", "이만 갈게요", "再见"],
  "chat.bot_identity": ["Are you a bot?", "챗봇인가요?", "你是机器人吗？"],
  "out_of_scope": ["Nothing a shop could answer", "상점이 답할 수 없는 질문", "商店无法回答的问题"],
};

const groups: Record<string, Texts> = {
  order: ["Orders", "주문", "订单"],
  payment: ["Payment", "결제", "付款"],
  invoice: ["Invoices", "증빙", "发票"],
  refund: ["Refunds", "환불", "退款"],
  return: ["Returns", "반품", "退货"],
  exchange: ["Exchanges", "교환", "换货"],
  product: ["Products", "상품", "商品"],
  promo: ["Promotions", "프로모션", "促销"],
  delivery: ["Delivery", "배송", "配送"],
  account: ["Account", "계정", "账户"],
  service: ["Service", "서비스", "服务"],
  chat: ["Small talk", "인사", "闲聊"],
  out_of_scope: ["Out of scope", "범위 밖", "超出范围"],
};

const pick = (texts: Texts) => texts[locale() === "ko" ? 1 : locale() === "zh" ? 2 : 0];

export const intentIds = Object.keys(questions);

export function intentLabel(id: string): string {
  const texts = questions[id];
  return texts ? pick(texts) : id;
}

export interface IntentGroup {
  group: string;
  items: { value: string; label: string }[];
}

/** For a select: intents by group, each with its question and its id. */
export function intentChoices(): IntentGroup[] {
  const byGroup = new Map<string, IntentGroup>();
  for (const id of intentIds) {
    const key = id.split(".")[0] ?? id;
    const texts = groups[key];
    const group = byGroup.get(key) ?? { group: texts ? pick(texts) : key, items: [] };
    group.items.push({ value: id, label: `${intentLabel(id)} (${id})` });
    byGroup.set(key, group);
  }
  return [...byGroup.values()];
}
