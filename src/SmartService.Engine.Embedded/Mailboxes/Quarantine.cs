using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SmartService.Domain;

namespace SmartService.Engine.Embedded.Mailboxes;

/// <summary>
/// Entities that throw again and again: one kind of command, or their loading. They are answered at once and left alone for growing pauses,
/// so that a sick one costs its neighbours nothing; after each pause one call tries whether it has recovered.
/// </summary>
internal sealed partial class Quarantine(TimeProvider clock, EngineMeter meter, ILogger logger)
{
    /// <summary>Failures in a row before the first pause.</summary>
    public const int Failures = 5;

    private const int Most = 10_000;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<Subject, Ward> _wards = new();
    private int _count;

    /// <summary>Something failed lately: only then is anything looked up.</summary>
    public bool IsOpen => Volatile.Read(ref _count) > 0;

    /// <summary>Null: it may be tried.</summary>
    public EntityQuarantinedException? Refusal(string region, EntityKey key, Type? command) =>
        Refusal(new(region, key, null)) ?? (command is null ? null : Refusal(new(region, key, command)));

    /// <param name="command">Null: loading failed.</param>
    public void Failed(string region, EntityKey key, Type? command, Exception cause)
    {
        if (cause is EngineBusyException or EntityQuarantinedException or OperationCanceledException or JournalException { IsDamage: false })
        {
            return; // Not this entity's own trouble.
        }

        var subject = new Subject(region, key, command);
        if (!_wards.TryGetValue(subject, out var ward))
        {
            if (Volatile.Read(ref _count) >= Most || !_wards.TryAdd(subject, ward = new()))
            {
                return;
            }

            Interlocked.Increment(ref _count);
        }

        lock (ward)
        {
            ward.Failures++;
            if (ward.Failures < Failures)
            {
                return;
            }

            var pause = FirstPause * Math.Pow(2, Math.Min(ward.Failures - Failures, 20));
            pause = pause < LongestPause ? pause : LongestPause;
            (ward.Since, ward.Pause) = (clock.GetTimestamp(), pause);
            if (ward.Failures == Failures)
            {
                meter.InQuarantine(1);
            }

            meter.Quarantined(region);
            LogQuarantined(cause, region, key, command?.Name ?? "being loaded", ward.Failures, pause);
        }
    }

    /// <summary>It works: what was held against it is forgotten.</summary>
    public void Worked(string region, EntityKey key, Type? command)
    {
        Forget(new(region, key, null));
        if (command is not null)
        {
            Forget(new(region, key, command));
        }
    }

    private EntityQuarantinedException? Refusal(Subject subject)
    {
        if (!_wards.TryGetValue(subject, out var ward))
        {
            return null;
        }

        lock (ward)
        {
            if (ward.Failures < Failures)
            {
                return null;
            }

            var left = ward.Pause - clock.GetElapsedTime(ward.Since);
            if (left > TimeSpan.Zero)
            {
                return new(subject.Region, subject.Key, left);
            }

            (ward.Since, ward.Pause) = (clock.GetTimestamp(), FirstPause);
            return null; // This call tries; if nothing is heard of it, another one may after the first pause.
        }
    }

    private void Forget(Subject subject)
    {
        if (!_wards.TryRemove(subject, out var ward))
        {
            return;
        }

        Interlocked.Decrement(ref _count);
        if (ward.Failures >= Failures)
        {
            meter.InQuarantine(-1);
            LogReleased(subject.Region, subject.Key);
        }
    }

    [LoggerMessage(2321, LogLevel.Error, "The {Region} {Key} is in quarantine for {Pause}: {Command} threw {Failures} times in a row. Others are not affected.")]
    private partial void LogQuarantined(Exception e, string region, EntityKey key, string command, int failures, TimeSpan pause);

    [LoggerMessage(2322, LogLevel.Information, "The {Region} {Key} works again and has left quarantine.")]
    private partial void LogReleased(string region, EntityKey key);

    private readonly record struct Subject(string Region, EntityKey Key, Type? Command);

    private sealed class Ward
    {
        public int Failures { get; set; }

        public long Since { get; set; }

        public TimeSpan Pause { get; set; }
    }
}
