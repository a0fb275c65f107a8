using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SmartService.Backoffice.Access;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Merchants;
using SmartService.Gateway.Push;

namespace SmartService.Gateway.Description;

/// <summary>The OpenAPI document: every route with its credential, its body and what it answers when it says no.</summary>
internal static class GatewayDescription
{
    private static readonly (string Policy, string Scheme, string Form)[] Schemes =
    [
        (Policies.Admin, "adminKey", "adm_…"),
        (Policies.Secret, "secretKey", "sk_{tenant}_…"),
        (Policies.Staff, "agentKey", "ak_{tenant}_…"),
        (Policies.Publishable, "publishableKey", "pk_{tenant}_…"),
        (Policies.Shopper, "shopperToken", "st_…"),
    ];

    private const string ProblemSchema = "Problem";
    private const string SessionScheme = "memberSession";

    public static void AddGatewayDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "SmartService",
                Version = "v1",
                Description = "Serves shoppers before they ask. Errors are application/problem+json with a stable code (RFC 9457).",
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[SessionScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "__Host-smartservice", Description = "a signed-in member; calls that change something need X-Console: 1",
            };
            foreach (var (policy, scheme, form) in Schemes)
            {
                document.Components.SecuritySchemes[scheme] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = form, Description = policy,
                };
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeAsync);
        options.AddSchemaTransformer((schema, _, _) =>
        {
            // What is null is left out of answers, and missing fields of requests are null: neither is required.
            foreach (var name in schema.Required?.Where(name => schema.Properties?.TryGetValue(name, out var property) != true || MayBeNull(property!)).ToList() ?? [])
            {
                schema.Required!.Remove(name);
            }

            return Task.CompletedTask;
        });
    });

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        await DescribeBodyAsync(operation, context, metadata, ct);
        if (metadata.OfType<StreamMetadata>().Any())
        {
            operation.Responses = new OpenApiResponses
            {
                ["200"] = new OpenApiResponse { Description = "Server-sent events", Content = Content("text/event-stream", new OpenApiSchema { Type = JsonSchemaType.String }) },
            };
        }

        if (metadata.OfType<IAuthorizeData>().FirstOrDefault()?.Policy is { } policy)
        {
            Secure(operation, context, policy);
            await AddProblemsAsync(operation, context, ct);
        }
    }

    private static async Task DescribeBodyAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, IList<object> metadata, CancellationToken ct)
    {
        if (metadata.OfType<JsonBodyMetadata>().FirstOrDefault() is { } body)
        {
            var schema = await context.GetOrCreateSchemaAsync(body.Type, null, ct);
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Content("application/json", schema) };
            if (metadata.OfType<TakesBeacons>().Any())
            {
                operation.RequestBody.Content!["text/plain"] = new OpenApiMediaType { Schema = schema };
            }
        }
        else if (metadata.OfType<FileBody>().FirstOrDefault() is { } file)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = file.Types.ToDictionary(t => t, _ => (OpenApiMediaType)new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } }),
            };
        }
    }

    private static void Secure(OpenApiOperation operation, OpenApiOperationTransformerContext context, string policy)
    {
        // Either credential of the list will do.
        var keys = policy == Policies.Staff ? ["secretKey", "agentKey"] : Schemes.Where(s => s.Policy == policy).Select(s => s.Scheme);
        var needs = context.Description.ActionDescriptor.EndpointMetadata.OfType<Needs>().FirstOrDefault();
        var schemes = policy == Policies.Member || needs is not null ? keys.Append(SessionScheme) : keys;
        if (needs is not null && needs.Permission != Permission.Self)
        {
            operation.Description = $"Members need the permission {RoleTable.Word(needs.Permission)}.";
        }

        if (policy == Policies.Anyone)
        {
            operation.Security = [[]];
            return;
        }

        operation.Security = [.. schemes.Select(s => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(s, context.Document)] = [] })];
    }

    private static async Task AddProblemsAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        if (context.Document!.Components?.Schemas?.ContainsKey(ProblemSchema) != true)
        {
            context.Document.AddComponent(ProblemSchema, await context.GetOrCreateSchemaAsync(typeof(ProblemBody), null, ct));
        }

        var problem = new OpenApiSchemaReference(ProblemSchema, context.Document);
        operation.Responses ??= [];
        foreach (var (status, description) in new[]
        {
            ("400", "Not valid; errors names every fault"), ("401", "Credential missing or not valid"), ("403", "The credential may not do that"),
            ("404", "Not there, or not yours"), ("409", "Refused by the entity; code says why"), ("413", "Body too large"),
            ("429", "Too many requests; Retry-After"), ("503", "Busy or unavailable; Retry-After"),
        })
        {
            operation.Responses.TryAdd(status, new OpenApiResponse { Description = description, Content = Content("application/problem+json", problem) });
        }
    }

    private static bool MayBeNull(IOpenApiSchema schema) =>
        schema.Type?.HasFlag(JsonSchemaType.Null) == true
        || schema.OneOf?.Any(s => s.Type == JsonSchemaType.Null) == true
        || schema.Enum?.Any(v => v is null) == true;

    private static Dictionary<string, OpenApiMediaType> Content(string type, IOpenApiSchema schema) =>
        new() { [type] = new OpenApiMediaType { Schema = schema } };
}
