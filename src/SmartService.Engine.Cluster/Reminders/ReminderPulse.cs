namespace SmartService.Engine.Cluster.Reminders;

/// <summary>When this gateway's scheduler last looked for due reminders, was done with one or got on with a long one: a sign that it does not hang.</summary>
/// <param name="clock">The one by which reminders are due.</param>
internal sealed class ReminderPulse(TimeProvider clock)
{
    private long _last;

    /// <summary>In ticks, as due times are stored; 0 when it never has.</summary>
    public long LastTicks => Interlocked.Read(ref _last);

    public long NowTicks => clock.GetUtcNow().UtcTicks;

    public void Beat() => Interlocked.Exchange(ref _last, NowTicks);
}
