using Npgsql;
using NpgsqlTypes;

namespace SmartService.ReadModels.Postgres.Storage;

#pragma warning disable SA1402 // A column, and a column of something.

/// <summary>One parameter of a statement: an array with a value for each row.</summary>
internal abstract class Column
{
    public abstract int Count { get; }

    public abstract NpgsqlParameter Parameter { get; }

    public abstract void RemoveAt(int row);

    public abstract void Clear();
}

internal sealed class Column<T>(NpgsqlDbType type) : Column
{
    public List<T> Values { get; } = [];

    public override int Count => Values.Count;

    public override NpgsqlParameter Parameter => new NpgsqlParameter<List<T>> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = Values };

    public override void RemoveAt(int row) => Values.RemoveAt(row);

    public override void Clear() => Values.Clear();
}
#pragma warning restore SA1402
