using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace SmartService.ReadModels.Postgres.Storage;

/// <summary>Rows on their way into one part of a statement, column by column; the part runs only when the position moved.</summary>
/// <param name="sql">With <c>{rows}</c> where <c>unnest($n, …)</c> goes.</param>
internal sealed class RowSet(string sql, params string[] types)
{
    private readonly Column[] _columns = [.. types.Select(Of)];
    private int _next;

    public int Count => _columns[0].Count;

    public int Columns => _columns.Length;

    public List<T> Values<T>(int column) => ((Column<T>)_columns[column]).Values;

    /// <summary>Begins a row; its values follow in the order of the columns.</summary>
    public RowSet Row()
    {
        _next = 0;
        return this;
    }

    public RowSet Text(string? value) => Add(StoredText.Of(value));

    public RowSet Number(long value) => Add(value);

    public RowSet Number(long? value) => Add(value);

    public RowSet Real(double value) => Add(value);

    public RowSet Real(double? value) => Add(value);

    public RowSet Flag(bool value) => Add(value);

    public RowSet Flag(bool? value) => Add(value);

    public void RemoveAt(int row)
    {
        foreach (var column in _columns)
        {
            column.RemoveAt(row);
        }
    }

    public void Clear()
    {
        foreach (var column in _columns)
        {
            column.Clear();
        }
    }

    /// <summary>The part's text, its parameters numbered from one on.</summary>
    public string Sql(int first) => sql.Replace(
        "{rows}", new StringBuilder("unnest(").AppendJoin(", ", Enumerable.Range(first, _columns.Length).Select(n => $"${n}")).Append(')').ToString(), StringComparison.Ordinal);

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        foreach (var column in _columns)
        {
            parameters.Add(column.Parameter);
        }
    }

    private RowSet Add<T>(T value)
    {
        Values<T>(_next++).Add(value);
        return this;
    }

    private static Column Of(string type) => type switch
    {
        "text" => new Column<string?>(NpgsqlDbType.Text),
        "number" => new Column<long>(NpgsqlDbType.Bigint),
        "number?" => new Column<long?>(NpgsqlDbType.Bigint),
        "real" => new Column<double>(NpgsqlDbType.Double),
        "real?" => new Column<double?>(NpgsqlDbType.Double),
        "flag" => new Column<bool>(NpgsqlDbType.Boolean),
        "flag?" => new Column<bool?>(NpgsqlDbType.Boolean),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No type of a column."),
    };
}
