using System.Security.Cryptography;
using SmartService.Domain;
using SmartService.Gateway.Access;

namespace SmartService.Gateway.Tests.Access;

public class SigningSecretsTests
{
    private static readonly TenantId Shop = new("shop");

    [Fact]
    public async Task MadeAndOpened_ByManyAtOnce_EachIsWhatWasShown()
    {
        var secrets = Of(1);
        var (stored, shown) = secrets.Make(Shop, "main");
        using var all = new Barrier(4);
        await Task.WhenAll(Enumerable.Range(0, all.ParticipantCount).Select(n => Task.Factory.StartNew(
            () =>
            {
                all.SignalAndWait();
                for (var i = 0; i < 20_000; i++)
                {
                    System.Text.Encoding.ASCII.GetString(secrets.Open(Shop, "main", stored)).ShouldBe(shown);
                    var own = secrets.Make(Shop, $"key-{n}");
                    System.Text.Encoding.ASCII.GetString(secrets.Open(Shop, $"key-{n}", own.Stored)).ShouldBe(own.Shown);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    [Theory]
    [InlineData("other", "main", 1)]
    [InlineData("shop", "other", 1)]
    [InlineData("shop", "main", 2)]
    public void Stored_UnderAnotherNameOrInstallation_DoesNotOpen(string tenant, string key, byte installation)
    {
        var (stored, _) = Of(1).Make(Shop, "main");
        Should.Throw<CryptographicException>(() => Of(installation).Open(new(tenant), key, stored));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64url!")]
    public void Stored_Damaged_DoesNotOpen(string stored) => Should.Throw<CryptographicException>(() => Of(1).Open(Shop, "main", stored));

    private static SigningSecrets Of(byte installation) => new(new InstallationKey([.. Enumerable.Repeat(installation, 32)]));
}
