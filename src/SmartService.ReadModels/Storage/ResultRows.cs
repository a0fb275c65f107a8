using SQLitePCL;

namespace SmartService.ReadModels.Storage;

/// <summary>Rows of a statement. Columns count from 0.</summary>
internal readonly struct ResultRows(Statement statement, sqlite3_stmt columns) : IDisposable
{
    /// <summary>Moves to the next row; false when there is none.</summary>
    public bool Read() => statement.Step();

    public bool IsNull(int column) => raw.sqlite3_column_type(columns, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(columns, column);

    public int Int32(int column) => checked((int)Int64(column));

    public int? Int32OrNull(int column) => IsNull(column) ? null : Int32(column);

    public long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    public bool Boolean(int column) => Int64(column) != 0;

    public bool? BooleanOrNull(int column) => IsNull(column) ? null : Boolean(column);

    public double Double(int column) => raw.sqlite3_column_double(columns, column);

    public double? DoubleOrNull(int column) => IsNull(column) ? null : Double(column);

    public string Text(int column) => raw.sqlite3_column_text(columns, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public void Dispose() => statement.Reset();
}
