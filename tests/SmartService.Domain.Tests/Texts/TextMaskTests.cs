using Shouldly;
using SmartService.Domain.Texts;
using Xunit;

namespace SmartService.Domain.Tests.Texts;

public sealed class TextMaskTests
{
    [Theory]
    [InlineData("call me at 010-1234-5678 please", "call me at [phone] please")]
    [InlineData("제 번호는 01012345678이에요", "제 번호는 [phone]이에요")]
    [InlineData("전화 02-123-4567로 주세요", "전화 [phone]로 주세요")]
    [InlineData("我的电话13812345678，快点", "我的电话[phone]，快点")]
    [InlineData("打 138 1234 5678 找我", "打 [phone] 找我")]
    [InlineData("(303) 555-0142 is mine", "[phone] is mine")]
    [InlineData("+82 10-1234-5678", "[phone]")]
    [InlineData("０１０-１２３４-５６７８ 입니다", "[phone] 입니다")]
    [InlineData("메일은ada.b+x@example.co.kr로", "메일은[email]로")]
    [InlineData("写信到 wang@example.com 吧", "写信到 [email] 吧")]
    [InlineData("card 4111 1111 1111 1111 was declined", "card [card] was declined")]
    [InlineData("카드 5500-0000-0000-0004 안돼요", "카드 [card] 안돼요")]
    [InlineData("卡号4111111111111111", "卡号[card]")]
    [InlineData("주민번호 900101-1234567", "주민번호 [id]")]
    [InlineData("身份证 11010519491231002X", "身份证 [id]")]
    [InlineData("서울시 강남구 테헤란로 152, 101동 1203호로 보내 주세요", "서울시 강남구 테헤란로 #, #호로 보내 주세요")]
    [InlineData("送到文三路478号3栋502室", "送到文三路#号#栋#室")]
    [InlineData("ship to 12 Maple Street, Apt 4B", "ship to # Maple Street, Apt #")]
    public void Mask_Personal_IsHidden(string text, string masked) => TextMask.Mask(text).ShouldBe(masked);

    [Theory]
    [InlineData("where is NP-20417")]
    [InlineData("주문번호 20261122-0001234 어디예요")]
    [InlineData("订单 LX-20417 到哪了")]
    [InlineData("운송장 648123456789 조회해 주세요")]
    [InlineData("쿠션 21호를 23호로 바꿔 주세요")]
    [InlineData("앞으로 3일 걸리나요")]
    [InlineData("42 mm 改成 46 mm")]
    [InlineData("I paid $1,299.00 on 2026-11-24")]
    [InlineData("3만원짜리 쿠폰")]
    [InlineData("满 500 减 50")]
    [InlineData("size 9 boots, 26.5 cm")]
    [InlineData("hello")]
    [InlineData("")]
    public void Mask_NothingPersonal_Stays(string text) => TextMask.Mask(text).ShouldBe(text);

    [Theory]
    [InlineData("order NP-20417", TextEntityKind.OrderNumber, "NP-20417")]
    [InlineData("주문번호 12345678 확인", TextEntityKind.OrderNumber, "12345678")]
    [InlineData("订单号：88812345", TextEntityKind.OrderNumber, "88812345")]
    [InlineData("I paid $1,299.50", TextEntityKind.Money, "$1,299.50")]
    [InlineData("3만원 이상", TextEntityKind.Money, "3만원")]
    [InlineData("满500元包邮", TextEntityKind.Money, "500元")]
    [InlineData("before Nov 28", TextEntityKind.Date, "Nov 28")]
    [InlineData("11월 28일까지", TextEntityKind.Date, "11월 28일")]
    [InlineData("11月28号之前", TextEntityKind.Date, "11月28号")]
    [InlineData("on 2026-11-28", TextEntityKind.Date, "2026-11-28")]
    public void Read_Kind_IsFound(string text, TextEntityKind kind, string value)
    {
        var entity = TextEntities.Read(text).ShouldHaveSingleItem();

        entity.Kind.ShouldBe(kind);
        entity.Value.ShouldBe(value);
        text.Substring(entity.Start, entity.Length).ShouldBe(value);
    }

    [Fact]
    public void Read_Hostile_TakesTimeInProportion()
    {
        // 4,000 characters that begin every pattern and end none. A pattern that goes back over them would not come to an end.
        foreach (var hostile in new[] { "1 ", "a@", "0-", "010 ", "a1-", "로 1", "1 a ", "+1 (1" })
        {
            TextEntities.Read(string.Concat(Enumerable.Repeat(hostile, 4_000 / hostile.Length))).IsDefault.ShouldBeFalse();
        }
    }
}
