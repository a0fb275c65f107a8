using System.Buffers;
using System.IO.Pipelines;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway;

/// <summary>The JSON body of a request. Reads it with the source-generated contract; everything wrong becomes a 400 that says where.</summary>
internal sealed class Body<T>(T value) : IEndpointParameterMetadataProvider
    where T : class
{
    public T Value { get; } = value;

    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return await ReadAsync(context);
    }

    public static async ValueTask<Body<T>> ReadAsync(HttpContext context)
    {
        var contract = (JsonTypeInfo<T>)GatewayJson.Default.GetTypeInfo(typeof(T))!;
        if (context.Features.Get<BeaconBody>() is { } beacon)
        {
            return Made(JsonSerializer.Deserialize(beacon.Bytes.Span, contract));
        }

        if (context.Request.ContentType is not "application/json" && !context.Request.HasJsonContentType())
        {
            throw new ProblemException(Problems.ForStatus(StatusCodes.Status415UnsupportedMediaType));
        }

        return Made(await ReadAsync(context.Request.BodyReader, contract, context.RequestAborted));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new JsonBodyMetadata(typeof(T)));
    }

    private static Body<T> Made(T? value) => value is null ? throw new ProblemException(Problems.Invalid("The body is empty.")) : new(value);

    /// <summary>Waits for the whole body (the route's limit bounds it), then reads it in one go, and leaves the connection clean however that ends.</summary>
    private static async ValueTask<T?> ReadAsync(PipeReader reader, JsonTypeInfo<T> contract, CancellationToken ct)
    {
        while (true)
        {
            var read = await reader.ReadAsync(ct);
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            try
            {
                return Parse(read.Buffer, contract);
            }
            finally
            {
                reader.AdvanceTo(read.Buffer.End);
            }
        }
    }

    private static T? Parse(ReadOnlySequence<byte> body, JsonTypeInfo<T> contract)
    {
        if (body.IsSingleSegment)
        {
            return JsonSerializer.Deserialize(body.FirstSpan, contract);
        }

        var rented = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(rented);
            return JsonSerializer.Deserialize(rented.AsSpan(0, (int)body.Length), contract);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}

/// <summary>Names the body's type for the OpenAPI document. (Accepts metadata would make routing answer 415 by itself, without a reason.)</summary>
internal sealed record JsonBodyMetadata(Type Type);
