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
        var contract = (JsonTypeInfo<T>)GatewayJson.Default.GetTypeInfo(typeof(T))!;
        T? value;
        if (context.Features.Get<BeaconBody>() is { } beacon)
        {
            value = JsonSerializer.Deserialize(beacon.Bytes.Span, contract);
        }
        else
        {
            if (!context.Request.HasJsonContentType())
            {
                throw new ProblemException(Problems.ForStatus(StatusCodes.Status415UnsupportedMediaType));
            }

            value = await JsonSerializer.DeserializeAsync(context.Request.BodyReader, contract, context.RequestAborted);
        }

        return value is null ? throw new ProblemException(Problems.Invalid("The body is empty.")) : new(value);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new JsonBodyMetadata(typeof(T)));
    }
}

/// <summary>Names the body's type for the OpenAPI document. (Accepts metadata would make routing answer 415 by itself, without a reason.)</summary>
internal sealed record JsonBodyMetadata(Type Type);
