using System.Text.Json;
using Npgsql;
using SmartService.Domain;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Journal;

/// <summary>One row of the journal as read.</summary>
/// <param name="Feed">The customer whose feed shows it.</param>
internal readonly record struct JournalRow(
    long Position, TenantId Tenant, string Region, string Entity, long Version, string Kind, CustomerId? Feed, DateTimeOffset At, byte[] Body)
{
    public const string Columns = "position, tenant, region, entity, version, kind, feed, at, body";

    public static JournalRow Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), new(row.GetString(1)), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetString(5),
        row.IsDBNull(6) ? null : new CustomerId(row.GetString(6)), new(row.GetDateTime(7), TimeSpan.Zero), row.GetFieldValue<byte[]>(8));

    /// <exception cref="UnknownEventException">A newer program wrote it.</exception>
    /// <exception cref="JournalException">It cannot be read.</exception>
    public JournalledEvent Decode(EventCodecs codecs) => Decode(codecs.Named(Kind));

    /// <exception cref="JournalException">It cannot be read.</exception>
    public JournalledEvent Decode(EventKind kind)
    {
        try
        {
            return new(Position, Region, new(Tenant, Entity), Version, kind.Name, EventCodecs.Read(kind, Body), At);
        }
        catch (JsonException e)
        {
            throw new JournalException($"The event at position {Position} cannot be read: {e.Message}", outcomeKnown: true, e);
        }
    }
}
