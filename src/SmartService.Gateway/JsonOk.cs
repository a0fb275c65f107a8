using System.Buffers;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;

namespace SmartService.Gateway;

/// <summary>
/// 200 with JSON, for what is answered thousands of times a second. The framework's own result streams its text in chunks, which takes a
/// second packet for the end; this one knows its length, so head and body leave in one.
/// </summary>
internal sealed class JsonOk<T>(T value) : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult, IValueHttpResult<T>
    where T : class
{
    private const int KeptBytes = 1 << 16;
    private const string ContentType = "application/json; charset=utf-8";
    private static readonly JsonTypeInfo<T> Contract = (JsonTypeInfo<T>)GatewayJson.Default.GetTypeInfo(typeof(T))!;

    public T Value => value;

    public int? StatusCode => StatusCodes.Status200OK;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var text = JsonText.Of(value, Contract);
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.ContentLength = text.Length;
        response.BodyWriter.Write(text); // Copied: it leaves when the request ends, together with the head.
        return Task.CompletedTask;
    }

    /// <summary>Memory of this thread to write into, used again.</summary>
    private static class JsonText
    {
        [ThreadStatic]
        private static ArrayBufferWriter<byte>? _output;

        [ThreadStatic]
        private static Utf8JsonWriter? _writer;

        /// <returns>Valid until this thread's next call.</returns>
        public static ReadOnlySpan<byte> Of(T value, JsonTypeInfo<T> contract)
        {
            if (_output is null || _output.Capacity > KeptBytes)
            {
                _output = new(1_024);
            }

            _output.ResetWrittenCount();

            // Escapes what JSON needs and no more, as ASP.NET Core does: the text is no part of a page.
            var writer = _writer ??= new(Stream.Null, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
            writer.Reset(_output);
            JsonSerializer.Serialize(writer, value, contract);
            writer.Flush();
            writer.Reset(Stream.Null);
            return _output.WrittenSpan;
        }
    }
}
