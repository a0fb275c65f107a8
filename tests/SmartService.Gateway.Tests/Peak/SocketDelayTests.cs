using Microsoft.Extensions.Logging.Abstractions;
using SmartService.Gateway.Peak;

namespace SmartService.Gateway.Tests.Peak;

public class SocketDelayTests
{
    [Fact]
    public async Task Bytes_AreRead_OneAfterTheOther()
    {
        using var delay = new SocketDelay(NullLogger.Instance);
        while (delay.Read < 3)
        {
            delay.Take();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task AfterItsEnd_NothingSeemsToWait()
    {
        var delay = new SocketDelay(NullLogger.Instance);
        while (delay.Read < 1)
        {
            delay.Take();
            await Task.Yield();
        }

        delay.Take();
        delay.Dispose();
        delay.Take().ShouldBe(TimeSpan.Zero);
    }
}
