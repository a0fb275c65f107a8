using SmartService.Host.Commands;
using SmartService.Host.Replay;

namespace SmartService.Host.Tests.Replay;

public sealed class ClickHeaderTests
{
    [Theory]
    [InlineData("\"customer,at\n")]
    [InlineData("")]
    public void Header_ThatCannotBeRead_IsSaidInASentence(string text) =>
        Should.Throw<CommandException>(() => ClickFile.Read(new StringReader(text), isSessions: false, (_, _) => { }).ToList()).Message.ShouldNotBeEmpty();
}
