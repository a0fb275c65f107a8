using SmartService.Gateway.Access;

namespace SmartService.Gateway.Tests.Access;

/// <summary>A secret in a file: made once, whole, for the service's user only, and known when it changed.</summary>
public sealed class SecretFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("secrets").FullName;

    private string Secret => Path.Combine(_folder, "admin.key");

    private string Sum => Secret + ".sum";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Made_IsReadAgain()
    {
        SecretFile.LoadOrCreate(Secret, () => "first").ShouldBe(("first", true));
        SecretFile.LoadOrCreate(Secret, () => "second").ShouldBe(("first", false));

        SecretFile.IsIntact(Secret).ShouldBe(true);
        SecretCheck.Damaged(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void Made_OnlyItsUserMayReadIt()
    {
        SecretFile.LoadOrCreate(Secret, () => "first");

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Secret).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.ReadAllText(Sum).ShouldNotContain("first");
    }

    [Fact]
    public async Task Made_ByManyAtOnce_AllHaveTheSame()
    {
        for (var round = 0; round < 20; round++)
        {
            await MakeTogetherAsync($"{Secret}-{round}");
        }

        Directory.GetFiles(_folder, "*.new").ShouldBeEmpty();
    }

    private static async Task MakeTogetherAsync(string file)
    {
        using var together = new Barrier(8);
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return SecretFile.LoadOrCreate(file, () => $"secret-{i}").Text;
            },
            TaskCreationOptions.LongRunning)));

        made.Distinct().ShouldHaveSingleItem();
        (await File.ReadAllTextAsync(file)).Trim().ShouldBe(made[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void BitFlipped_IsRefusedWithTheRemedy(int at)
    {
        SecretFile.LoadOrCreate(Secret, () => "first");
        var bytes = File.ReadAllBytes(Secret);
        bytes[at] ^= 1;
        File.WriteAllBytes(Secret, bytes);

        SecretCheck.Damaged(_folder).ShouldBe(["admin.key"]);
        var fault = Should.Throw<SecretFileException>(() => SecretFile.LoadOrCreate(Secret, () => "second"));
        fault.Message.ShouldContain(Secret);
        fault.Message.ShouldContain($"delete {Sum}");
        File.ReadAllBytes(Secret).ShouldBe(bytes, "what is wrong is not overwritten");
    }

    [Fact]
    public void ChangedByHand_SumDeleted_IsTaken()
    {
        SecretFile.LoadOrCreate(Secret, () => "first");
        File.WriteAllText(Secret, "chosen by the owner\n");
        File.Delete(Sum);

        SecretFile.LoadOrCreate(Secret, () => "second").ShouldBe(("chosen by the owner", false));
    }

    [Fact]
    public void SumCutShortByAPowerLoss_SaysNothing()
    {
        SecretFile.LoadOrCreate(Secret, () => "first");
        File.WriteAllText(Sum, "");

        SecretFile.IsIntact(Secret).ShouldBeNull();
        SecretFile.LoadOrCreate(Secret, () => "second").ShouldBe(("first", false));
    }
}
