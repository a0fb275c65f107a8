using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Engine;
using SmartService.Engine.Queries;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Merchants;
using SmartService.Gateway.Shoppers;
using SmartService.Gateway.Staff;

namespace SmartService.Gateway.Backoffice;

/// <summary>All that is kept of one person, as a file for that person. What staff noted for themselves is not in it.</summary>
internal static class ExportEndpoints
{
    private const int PageSize = 200;
    private const int FlushBytes = 32 * 1024;

    public static async Task<Results<PushStreamHttpResult, Problem>> ExportAsync(
        string customer, Caller caller, ICustomers customers, IOrders orders, IConversations conversations, IDirectory directory, IQuestionLog log, TimeProvider clock,
        CancellationToken ct)
    {
        var state = await customers.ReadAsync(Entity.Customer(caller.Tenant, new(customer)), ct);
        if (state.FirstSeen is null || state.IsErased)
        {
            return Problems.NotFound("No such customer");
        }

        var sources = new Sources(caller.Tenant, new(customer), orders, conversations, directory, log, clock.GetUtcNow());
        return TypedResults.Stream(body => WriteAsync(body, state, sources, ct), "application/json", "customer.json");
    }

    private sealed record Sources(
        TenantId Tenant, CustomerId Customer, IOrders Orders, IConversations Conversations, IDirectory Directory, IQuestionLog Log, DateTimeOffset Now);

    private static async Task WriteAsync(Stream body, CustomerState state, Sources from, CancellationToken ct)
    {
        // Serializing flushes its writer, at once and not asynchronously; a pipe takes that into memory.
        var pipe = PipeWriter.Create(body, new StreamPipeWriterOptions(leaveOpen: true));
        await using var json = new Utf8JsonWriter(pipe);
        json.WriteStartObject();
        json.WritePropertyName("customer");
        JsonSerializer.Serialize(json, state.ToView(from.Customer.Value, from.Now), GatewayJson.Default.CustomerView);
        await WriteListAsync(pipe, json, "orders", OrdersAsync(state, from, ct), GatewayJson.Default.OrderView, ct);
        await WriteListAsync(pipe, json, "conversations", TranscriptsAsync(from, ct), GatewayJson.Default.ConversationView, ct);
        await WriteListAsync(pipe, json, "questions", QuestionsAsync(from, ct), GatewayJson.Default.QuestionView, ct);
        await WriteListAsync(pipe, json, "timeline", TimelineAsync(from, ct), GatewayJson.Default.TimelineView, ct);
        json.WriteString("exportedAt", from.Now);
        json.WriteEndObject();
        await json.FlushAsync(ct);
        await pipe.CompleteAsync();
    }

    private static async Task WriteListAsync<T>(
        PipeWriter pipe, Utf8JsonWriter json, string name, IAsyncEnumerable<T> items, JsonTypeInfo<T> contract, CancellationToken ct)
    {
        json.WriteStartArray(name);
        await foreach (var item in items.WithCancellation(ct))
        {
            JsonSerializer.Serialize(json, item, contract);
            if (pipe.UnflushedBytes > FlushBytes)
            {
                await pipe.FlushAsync(ct);
            }
        }

        json.WriteEndArray();
    }

    private static async IAsyncEnumerable<OrderView> OrdersAsync(
        CustomerState state, Sources from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var id in state.Orders.Select(o => o.Id).Concat(state.OlderOrderIds.IsDefault ? [] : state.OlderOrderIds))
        {
            var order = await from.Orders.ReadAsync(Entity.Order(from.Tenant, id), ct);
            if (order.Customer == from.Customer && !order.IsErased)
            {
                yield return order.ToView(id.Value, from.Now);
            }
        }
    }

    private static async IAsyncEnumerable<ConversationView> TranscriptsAsync(
        Sources from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            var page = await from.Directory.ConversationsAsync(from.Tenant, null, null, from.Customer, cursor, PageSize, ct);
            foreach (var row in page.Items)
            {
                var state = await from.Conversations.ReadAsync(Entity.Conversation(from.Tenant, row.Id), ct);
                if (state.Customer == from.Customer && !state.IsErased)
                {
                    yield return state.ToView(row.Id.Value);
                }
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private static async IAsyncEnumerable<QuestionView> QuestionsAsync(
        Sources from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var question in from.Log.ExportAsync(from.Tenant, new(Customer: from.Customer), ct))
        {
            yield return QuestionEndpoints.ToView(question);
        }
    }

    private static async IAsyncEnumerable<TimelineView> TimelineAsync(
        Sources from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            var page = await from.Directory.TimelineAsync(from.Tenant, from.Customer, cursor, PageSize, ct);
            foreach (var entry in page.Items)
            {
                yield return CustomersEndpoints.ToView(entry);
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }
}
