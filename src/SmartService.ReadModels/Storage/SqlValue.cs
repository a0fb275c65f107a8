using System.Text;
using SQLitePCL;

namespace SmartService.ReadModels.Storage;

/// <summary>A value on its way into a statement: number, text, UTF-8 text or NULL, without a box around it.</summary>
internal readonly struct SqlValue
{
    private readonly Kind _kind;
    private readonly long _integer;
    private readonly double _real;
    private readonly string? _text;
    private readonly ReadOnlyMemory<byte> _utf8;

    private SqlValue(long value) => (_kind, _integer) = (Kind.Integer, value);

    private SqlValue(double value) => (_kind, _real) = (Kind.Real, value);

    private SqlValue(string value) => (_kind, _text) = (Kind.Text, value);

    private SqlValue(ReadOnlyMemory<byte> value) => (_kind, _utf8) = (Kind.Utf8, value);

    private enum Kind : byte
    {
        Null,
        Integer,
        Real,
        Text,
        Utf8,
    }

    public static implicit operator SqlValue(long value) => new(value);

    public static implicit operator SqlValue(int value) => new((long)value);

    public static implicit operator SqlValue(int? value) => value is { } v ? new((long)v) : default;

    public static implicit operator SqlValue(long? value) => value is { } v ? new(v) : default;

    public static implicit operator SqlValue(bool value) => new(value ? 1L : 0L);

    public static implicit operator SqlValue(bool? value) => value is { } v ? v : default(SqlValue);

    public static implicit operator SqlValue(double value) => new(value);

    public static implicit operator SqlValue(double? value) => value is { } v ? new(v) : default;

    public static implicit operator SqlValue(string? value) => value is null ? default : new(value);

    /// <summary>UTF-8 text; it must stay as it is until the statement has run.</summary>
    public static implicit operator SqlValue(ReadOnlyMemory<byte> utf8) => new(utf8);

    /// <returns>SQLite's result code.</returns>
    public int BindTo(sqlite3_stmt statement, int index) => _kind switch
    {
        Kind.Integer => raw.sqlite3_bind_int64(statement, index, _integer),
        Kind.Real => raw.sqlite3_bind_double(statement, index, _real),
        Kind.Text => BindText(statement, index, _text!),
        Kind.Utf8 => raw.sqlite3_bind_text(statement, index, _utf8.Span),
        _ => raw.sqlite3_bind_null(statement, index),
    };

    /// <summary>By way of the stack: an array for each short text was a kilobyte of garbage a message. SQLite keeps a copy.</summary>
    private static int BindText(sqlite3_stmt statement, int index, string text)
    {
        const int MostBytes = 600;
        if (text.Length is 0 or > MostBytes / 3)
        {
            return raw.sqlite3_bind_text(statement, index, text); // No bytes at all would be bound as NULL.
        }

        Span<byte> utf8 = stackalloc byte[MostBytes];
        return raw.sqlite3_bind_text(statement, index, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }
}
