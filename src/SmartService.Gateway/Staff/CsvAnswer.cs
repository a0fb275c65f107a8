using System.Text;

namespace SmartService.Gateway.Staff;

/// <summary>A CSV file as the answer to a call, written row by row as it is read.</summary>
internal sealed class CsvAnswer : IAsyncDisposable
{
    private readonly StreamWriter _text;

    private CsvAnswer(StreamWriter text) => (_text, Row) = (text, new(text));

    public CsvRow Row { get; }

    /// <summary>Begins the file with its column names. With a byte order mark: spreadsheets read Korean and Chinese only then.</summary>
    public static async Task<CsvAnswer> BeginAsync(HttpContext context, string fileName, IEnumerable<string> columns, CancellationToken ct)
    {
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename={fileName}";
        var answer = new CsvAnswer(new(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 16 * 1024, leaveOpen: true));
        foreach (var column in columns)
        {
            answer.Row.Add(column);
        }

        await answer.Row.EndAsync(ct);
        return answer;
    }

    public Task FlushAsync(CancellationToken ct) => _text.FlushAsync(ct);

    public ValueTask DisposeAsync() => _text.DisposeAsync();
}
