namespace SmartService.Engine.Scheduling;

/// <summary>Something to be done at a time, kept durably until it is done.</summary>
/// <param name="Kind">Which <see cref="IReminderHandler"/> does it.</param>
/// <param name="Name">Unique within its kind; setting the same name again moves it.</param>
/// <param name="Payload">What the handler needs, at most 64 KiB.</param>
public sealed record Reminder(string Kind, string Name, DateTimeOffset Due, ReadOnlyMemory<byte> Payload);
