using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SmartService.Drills.Shoppers;
using SmartService.Drills.Stores;
using SmartService.Drills.Wire;

namespace SmartService.LoadTests.Tests.Wire;

public sealed class RequestBytesTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    [InlineData("zh")]
    public void QuestionBytes_AreTheSameRequest_AsTheOneOtherHostsSend(string locale)
    {
        var store = Some.Store();
        var requests = new Requests(Some.SmallDrill(), int.MaxValue, store with { Shoppers = [new Shopper(0, "st_1.2-3", "c", locale, 0, KeepsStream: false)], NoisyFrom = 1 });
        var buffer = new RequestBuffer();
        for (var journey = 0; journey < 300; journey++)
        {
            var step = new Step(0, journey, StepKind.Ask, (byte)(journey % 3));
            Encoding.UTF8.GetString(requests.QuestionBytes(step, buffer)).ShouldBe(Encoding.UTF8.GetString(HttpBytes.Of(requests.For(step))));
        }
    }

    [Fact]
    public void TextWithAnyCharacterThatJsonDoesNotAllow_IsEncoded()
    {
        for (var c = '\0'; c < '\u00A0'; c++)
        {
            var text = $"a{c}b";
            Requests.InJson(text).ShouldBe(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value, $"U+{(int)c:x4}");
        }
    }

    [Fact]
    public void Buffer_GrowsWithWhatIsAdded_AndForgetsTheRequestBefore()
    {
        var (buffer, token) = (new RequestBuffer(), new string('t', 10_000));
        for (var round = 0; round < 2; round++)
        {
            buffer.Begin();
            buffer.Add(new string('b', 5_000));
            buffer.EndBody();
            var bytes = Encoding.ASCII.GetString(buffer.Add(token).AddBodyLength().AddHex(255, 4).AddBody());
            bytes.ShouldBe(token + "500000ff" + new string('b', 5_000));
        }
    }
}
