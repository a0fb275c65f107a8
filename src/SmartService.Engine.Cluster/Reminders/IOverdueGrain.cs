namespace SmartService.Engine.Cluster.Reminders;

/// <summary>One a cluster: looks every minute, by a reminder of Orleans', whether the product's reminders are carried out. Key: <see cref="Key"/>.</summary>
[Alias("smartservice.overdue")]
public interface IOverdueGrain : IGrainWithStringKey, IRemindable
{
    const string Key = "reminders";

    /// <summary>Sets the reminder by which it looks, unless it is set.</summary>
    [Alias("watch")]
    Task WatchAsync();
}
