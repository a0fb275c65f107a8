using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartService.Domain;
using SmartService.Engine;
using SmartService.Engine.Queries;
using SmartService.Engine.Scheduling;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Tests.World;

/// <summary>Models that know what the last word of a message means. Real in all but the learning: bytes, hashes, damage, swaps.</summary>
internal sealed class WordModels : ITenantModels
{
    private readonly Dictionary<TenantId, WordModel> _live = [];

    public string BaseModel { get; set; } = "base-1";

    public List<IReadOnlyList<Lesson>> Trained { get; } = [];

    /// <summary>Trainings wait here.</summary>
    public ManualResetEventSlim Open { get; } = new(initialState: true);

    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ITenantModel Train(IReadOnlyList<Lesson> lessons, CancellationToken ct)
    {
        Trained.Add(lessons);
        Entered.TrySetResult();
        Open.Wait(ct);
        var words = lessons.Where(lesson => lesson.Means).GroupBy(lesson => LastWord(lesson.Text))
            .ToDictionary(same => same.Key, same => same.GroupBy(lesson => lesson.Intent.Value).MaxBy(votes => votes.Sum(lesson => lesson.Weight))!.Key);
        var content = JsonSerializer.SerializeToUtf8Bytes(words);
        return Read((byte[])[.. SHA256.HashData(content), .. Encoding.UTF8.GetBytes(BaseModel + "\n"), .. content]);
    }

    public ITenantModel Read(ReadOnlyMemory<byte> file)
    {
        var body = file.Span[SHA256.HashSizeInBytes..];
        var end = body.IndexOf((byte)'\n');
        if (end < 0 || !SHA256.HashData(body[(end + 1)..]).AsSpan().SequenceEqual(file.Span[..SHA256.HashSizeInBytes]))
        {
            throw new UnderstandingException("damaged");
        }

        return new WordModel(
            Convert.ToHexStringLower(file.Span[..SHA256.HashSizeInBytes]), Encoding.UTF8.GetString(body[..end]), file,
            JsonSerializer.Deserialize<Dictionary<string, string>>(body[(end + 1)..])!);
    }

    public MessageUnderstanding Understand(ITenantModel? model, string text) =>
        model is WordModel own && own.Words.TryGetValue(LastWord(text), out var intent)
            ? new([new(new(intent), 0.9f)], 0.1f, [], "en", model.Hash)
            : KeywordUnderstanding.Read(text);

    public void Use(TenantId tenant, ITenantModel? model)
    {
        lock (_live)
        {
            _live.Remove(tenant);
            if (model is WordModel own)
            {
                _live[tenant] = own;
            }
        }
    }

    public ITenantModel? LiveOf(TenantId tenant)
    {
        lock (_live)
        {
            return _live.GetValueOrDefault(tenant);
        }
    }

    private static string LastWord(string text) => text.Split(' ')[^1];

    internal sealed record WordModel(string Hash, string BaseModel, ReadOnlyMemory<byte> File, Dictionary<string, string> Words) : ITenantModel;
}

internal sealed class MemoryScheduler : IScheduler, IJournalErasure
{
    public Dictionary<(string Kind, string Name), Reminder> Reminders { get; } = [];

    public List<(string Region, EntityKey Key)> Scrubbed { get; } = [];

    public ValueTask SetAsync(Reminder reminder, CancellationToken ct)
    {
        Reminders[(reminder.Kind, reminder.Name)] = reminder;
        return default;
    }

    public ValueTask CancelAsync(string kind, string name, CancellationToken ct)
    {
        Reminders.Remove((kind, name));
        return default;
    }

    public ValueTask<Reminder?> FindAsync(string kind, string name, CancellationToken ct) => new(Reminders.GetValueOrDefault((kind, name)));

    public void AtWork()
    {
    }

    public ValueTask ScrubAsync(string region, EntityKey key, CancellationToken ct)
    {
        Scrubbed.Add((region, key));
        return default;
    }
}

/// <summary>Knows the stores by name and nothing of anybody else.</summary>
internal sealed class OneTenantDirectory : IDirectory
{
    public List<TenantId> Tenants { get; } = [Store.Tenant];

    public bool Fails { get; set; }

    public ValueTask<Page<TenantRow>> TenantsAsync(string? cursor, int limit, CancellationToken ct) => Fails
        ? throw new InvalidOperationException("not now")
        : new(new Page<TenantRow>([.. Tenants.Select(tenant => new TenantRow(tenant, tenant.Value, "en", Store.Noon))], null));

    public ValueTask<Page<CustomerRow>> CustomersAsync(TenantId tenant, string? text, string? cursor, int limit, CancellationToken ct) =>
        throw new NotSupportedException();

    public ValueTask<Page<ConversationRow>> ConversationsAsync(
        TenantId tenant, Domain.Conversations.ConversationMode? mode, bool? open, CustomerId? customer, string? cursor, int limit, CancellationToken ct) =>
        throw new NotSupportedException();

    public ValueTask<Page<TimelineEntry>> TimelineAsync(TenantId tenant, CustomerId customer, string? cursor, int limit, CancellationToken ct) =>
        throw new NotSupportedException();

    public ValueTask<TenantFigures> FiguresAsync(TenantId tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) =>
        throw new NotSupportedException();
}
