using System.Collections.Concurrent;
using SmartService.Domain;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Answers;

/// <summary>
/// What was asked while trouble came near, with how the model read it: at a flash sale thousands ask the same few things, and they
/// are understood although the model rests. Bounded in number and in length; forgotten after minutes, so that a retrained model is heard.
/// </summary>
internal sealed class KnownReadings(AssistanceOptions options, TimeProvider time)
{
    private const int LongestText = 200;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<(TenantId Tenant, string Text), (MessageUnderstanding Reading, DateTimeOffset At)> _known = new();
    private long _forgotAt = time.GetUtcNow().UtcTicks;
    private int _count;

    public void Keep(TenantId tenant, string text, MessageUnderstanding reading)
    {
        if (text.Length > LongestText)
        {
            return;
        }

        if (Volatile.Read(ref _count) >= options.KnownReadings)
        {
            Forget();
        }

        var key = (tenant, text.Trim());
        if (Volatile.Read(ref _count) < options.KnownReadings && _known.TryAdd(key, (reading, time.GetUtcNow())))
        {
            Interlocked.Increment(ref _count);
        }
        else if (_known.TryGetValue(key, out var old) && !IsFresh(old.At))
        {
            _known[key] = (reading, time.GetUtcNow());
        }
    }

    public MessageUnderstanding? Find(TenantId tenant, string text) =>
        _known.TryGetValue((tenant, text.Trim()), out var known) && IsFresh(known.At) ? known.Reading : null;

    private bool IsFresh(DateTimeOffset at) => time.GetUtcNow() - at < Fresh;

    /// <summary>Makes room, at most once a minute; when all are fresh, the newcomers wait.</summary>
    private void Forget()
    {
        var forgot = Volatile.Read(ref _forgotAt);
        var now = time.GetUtcNow().UtcTicks;
        if (now - forgot < TimeSpan.TicksPerMinute || Interlocked.CompareExchange(ref _forgotAt, now, forgot) != forgot)
        {
            return;
        }

        foreach (var (key, known) in _known)
        {
            if (!IsFresh(known.At) && _known.TryRemove(key, out _))
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }
}
