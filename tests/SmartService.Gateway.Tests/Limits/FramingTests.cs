using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SmartService.Gateway.Limits;

namespace SmartService.Gateway.Tests.Limits;

public class FramingTests
{
    [Theory]
    [InlineData("Content-Length")]
    [InlineData("X-Content-Length")]
    public async Task LengthBesideChunks_IsRefusedAndClosed(string length)
    {
        var context = Make();
        context.Request.Headers.TransferEncoding = "chunked";
        context.Request.Headers[length] = "5";
        await Framing.Refuse(context, _ => throw new InvalidOperationException("It went on."));
        context.Response.StatusCode.ShouldBe(400);
        context.Response.Headers.Connection.ToString().ShouldBe("close");
    }

    [Theory]
    [InlineData("Content-Length")]
    [InlineData("Transfer-Encoding")]
    public async Task OneOfThem_GoesOn(string header)
    {
        var (context, went) = (Make(), false);
        context.Request.Headers[header] = header == "Content-Length" ? "5" : "chunked";
        await Framing.Refuse(context, _ =>
        {
            went = true;
            return Task.CompletedTask;
        });
        went.ShouldBeTrue();
    }

    private static DefaultHttpContext Make() => new() { RequestServices = new ServiceCollection().BuildServiceProvider() };
}
