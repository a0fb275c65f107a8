using Microsoft.Extensions.DependencyInjection;
using SmartService.Assistance;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Learning;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Engine.Embedded;
using SmartService.Engine.Understanding;
using SmartService.Host.Commands;
using SmartService.Host.Running;
using SmartService.Host.Tests.World;
using SmartService.Host.Training;

namespace SmartService.Host.Tests.Training;

/// <summary>From what people taught to a live model and back, with the shipped model and a real data folder.</summary>
[Collection(ProcessTests.Name)]
public sealed class TenantTrainingTests : IDisposable
{
    private static readonly TenantId North = new("north");
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow.AddDays(-2);
    private static readonly string[] Wishes = ["please", "today", "for my desk", "as usual", "in blue", "again", "for two", "if you can", "at once", "for mum"];
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "training-" + Guid.NewGuid().ToString("N"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Train_WithoutServer_GoesLive_SurvivesBackup_AndRollsBack()
    {
        await SeedAsync();

        (await RunAsync(rollBack: false)).ShouldStartWith("Went live: ");

        (await ReadAsync(_folder, "zorb it for the cat")).Intent.ShouldBe(new IntentId("invoice.request"));
        var backup = Path.Combine(_folder, "backup.db");
        var restored = Path.Combine(_folder, "restored");
        await EmbeddedBackup.BackupAsync(_folder, backup);
        await EmbeddedBackup.RestoreAsync(backup, restored);
        (await ReadAsync(restored, "zorb it for the cat")).Intent.ShouldBe(new IntentId("invoice.request"));

        (await RunAsync(rollBack: true)).ShouldBe("north: rolled back; the shipped model answers.");
        (await ReadAsync(_folder, "zorb it for the cat")).Intent.ShouldNotBe(new IntentId("invoice.request"));
        (await Should.ThrowAsync<CommandException>(() => RunAsync(rollBack: true))).Message.ShouldContain("nothing to roll back");
    }

    [Fact]
    public async Task Train_NoData_NamesTheRemedy()
    {
        Directory.CreateDirectory(_folder);

        (await Should.ThrowAsync<CommandException>(() => RunAsync(rollBack: false))).Message.ShouldContain("--data");
    }

    /// <summary>The server holds the folder: it trains, and the verb says what came of it.</summary>
    [Fact]
    public async Task Train_WhileAServerHoldsTheFolder_ItTrainsAndRollsBack()
    {
        await SeedAsync();
        await using var server = await HostProcess.StartAsync(_folder);

        (await RunAsync(rollBack: false, server.Address)).ShouldStartWith("Went live: ");

        (await RunAsync(rollBack: true, server.Address)).ShouldBe("north: rolled back; the shipped model answers.");
        (await Should.ThrowAsync<CommandException>(() => RunAsync(rollBack: true, server.Address))).Message.ShouldContain("nothing to roll back");
    }

    [Fact]
    public async Task Train_FolderInUse_AsksTheServerAndNamesTheRemedyWhenNoneAnswers()
    {
        await using var server = ServerSetup.BuildForTraining(_folder);
        server.GetRequiredService<ITenants>(); // Opens, and so holds, the folder.
        await File.WriteAllTextAsync(Path.Combine(_folder, "admin.key"), "adm_x");

        var refused = await Should.ThrowAsync<CommandException>(() => TenantTrainingRun.RunAsync(
            new("north", _folder, "http://127.0.0.1:1", RollBack: false), TextWriter.Null, default));

        EmbeddedData.IsInUse(_folder).ShouldBeTrue();
        refused.Message.ShouldContain("--url");
    }

    private async Task<string> RunAsync(bool rollBack, Uri? server = null)
    {
        await using var output = new StringWriter();
        (await TenantTrainingRun.RunAsync(new("north", _folder, server?.ToString(), rollBack), output, default)).ShouldBe(0);
        return output.ToString().Trim();
    }

    /// <summary>A store whose shoppers say "zorb" for an invoice and "flim" for a gift.</summary>
    private async Task SeedAsync()
    {
        await using var parts = ServerSetup.BuildForTraining(_folder);
        await parts.GetRequiredService<ITenants>().HandleAsync(
            new(North, "north"), new TenantCommand.Create(new("North", "en", "USD", "UTC"), [], Start), default);
        var key = new EntityKey(North, "c-1");
        var conversations = parts.GetRequiredService<IConversations>();
        await conversations.HandleAsync(key, new ConversationCommand.Open(new("ada"), "en", null, null, Start), default);
        var phrases = new BotPhrases("Which?", "A colleague will reply.", "One moment.", "As said.", "Sorry.");
        for (var i = 0; i < 80; i++)
        {
            var word = i % 2 == 0 ? "zorb it" : "flim this";
            var at = Start.AddMinutes(i);
            var ask = new ConversationCommand.Ask(
                $"m-{i}", $"{word} {Wishes[i / 2 % Wishes.Length]}", new(Intents.OutOfScope, 0.9, 0.9, "en", "m"), [], [], phrases, BotPolicy.Default, at);
            await conversations.HandleAsync(key, ask, default);
        }

        var asked = (await conversations.ReadAsync(key, default)).Messages.Where(message => message.Author == MessageAuthor.Customer);
        foreach (var message in asked)
        {
            IntentId intent = message.Text.StartsWith("zorb", StringComparison.Ordinal) ? new("invoice.request") : new("promo.gift");
            await parts.GetRequiredService<ILearnings>().HandleAsync(
                new(North, "learning"), new LearningCommand.Teach(new(new("c-1"), message.Number, intent, "mia", message.At), message.At), default);
        }
    }

    /// <summary>What a server that starts on the folder would read.</summary>
    private static async Task<IntentScore> ReadAsync(string folder, string text)
    {
        await using var parts = ServerSetup.BuildForTraining(folder);
        var live = (await parts.GetRequiredService<ILearning>().ReadAsync(North, default)).State.Live;
        var models = parts.GetRequiredService<ITenantModels>();
        var file = live is null ? null : models.Read(await File.ReadAllBytesAsync(Path.Combine(folder, "models", "north", live + ".model")));
        return models.Understand(file, text).Best;
    }
}
