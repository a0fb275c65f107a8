using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using SmartService.Backoffice.Audit;
using SmartService.Gateway.Access;

namespace SmartService.Gateway.Backoffice;

/// <summary>What a route is called in the audit log; metadata of the route.</summary>
/// <param name="Action">"policy.change"</param>
/// <param name="Target">Name of the route value that says what it was done to.</param>
internal sealed record Audited(string Action, string? Target = null);

/// <summary>A route that changes something of no account for the log, or too much of it: says why.</summary>
internal sealed record NotAudited(string Why);

/// <summary>What an endpoint tells the log besides: before and after, and its target when the address does not say it. Never secrets.</summary>
internal sealed class AuditNote
{
    public string? Target { get; set; }

    public JsonObject Summary { get; } = [];

    public static AuditNote Of(HttpContext context)
    {
        if (context.Features.Get<AuditNote>() is { } known)
        {
            return known;
        }

        var note = new AuditNote();
        context.Features.Set(note);
        return note;
    }

    public AuditNote About(string target)
    {
        Target = target;
        return this;
    }

    public AuditNote With(string name, JsonNode? value)
    {
        Summary[name] = value;
        return this;
    }

    public AuditNote Changed<T>(T? before, T? after, JsonTypeInfo<T> contract)
        where T : class =>
        With("before", before is null ? null : JsonSerializer.SerializeToNode(before, contract)).With("after", after is null ? null : JsonSerializer.SerializeToNode(after, contract));
}

internal static class Auditing
{
    private const int MostSummary = 16_000;

    /// <summary>Writes a record when the call went well, before its answer is sent: what cannot be logged is not answered as done.</summary>
    public static RouteHandlerBuilder Audited(this RouteHandlerBuilder route, string action, string? target = null) => route
        .WithMetadata(new Audited(action, target))
        .AddEndpointFilter(async (context, next) =>
        {
            var result = await next(context);
            if (IsSuccess(result))
            {
                await WriteAsync(context.HttpContext, action, target);
            }

            return result;
        });

    public static TBuilder NotAudited<TBuilder>(this TBuilder route, string why)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new NotAudited(why));

    public static string? Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString();

    private static async Task WriteAsync(HttpContext context, string action, string? target)
    {
        if (context.User is not Caller caller)
        {
            return;
        }

        var note = context.Features.Get<AuditNote>();
        var tenant = caller.Scope == CallerScope.Admin ? context.Request.RouteValues["tenant"] as string : caller.Tenant.Value;
        if (string.IsNullOrEmpty(tenant))
        {
            return;
        }

        var about = note?.Target ?? (target is null ? null : $"{target}/{context.Request.RouteValues[target]}");
        var summary = note is { Summary.Count: > 0 } ? note.Summary.ToJsonString(AuditJson.Options) : null;
        if (summary?.Length > MostSummary)
        {
            summary = new JsonObject { ["tooLong"] = summary.Length }.ToJsonString();
        }

        await context.RequestServices.GetRequiredService<AuditLog>()
            .AppendAsync(new(tenant, caller.Actor, action, about, summary, Address(context)), CancellationToken.None);
    }

    private static bool IsSuccess(object? result) => result switch
    {
        INestedHttpResult nested => IsSuccess(nested.Result),
        Faults.Problem => false,
        IStatusCodeHttpResult { StatusCode: >= 400 } => false,
        _ => true,
    };
}

/// <summary>Letters of all scripts as they are: people read summaries.</summary>
internal static class AuditJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };
}
